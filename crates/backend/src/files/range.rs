//! Byte ranges (RFC 9110, section 14): single ones; a list of several gets the whole, which a
//! server may do.

/// What a `Range` header asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// Everything: no range, not one in bytes, or several.
    Whole,
    /// From the first to the last byte, both included.
    Part(u64, u64),
    /// Nothing of the file.
    Unsatisfiable,
}

/// Reads a `Range` header for a file of that length.
pub(super) fn asked(header: &str, length: u64) -> Asked {
    let Some(spec) = header.trim().strip_prefix("bytes=") else {
        return Asked::Whole;
    };
    let Some((first, last)) = spec.trim().split_once('-') else {
        return Asked::Whole;
    };
    match (number(first), number(last)) {
        (Some(first), Some(last)) if first > last => Asked::Whole,
        (Some(first), last) if last.is_some() || spec.trim().ends_with('-') => {
            if first >= length {
                Asked::Unsatisfiable
            } else {
                Asked::Part(first, last.unwrap_or(u64::MAX).min(length - 1))
            }
        }
        (None, Some(0)) if first.is_empty() => Asked::Unsatisfiable,
        (None, Some(_)) if first.is_empty() && length == 0 => Asked::Unsatisfiable,
        (None, Some(suffix)) if first.is_empty() => {
            Asked::Part(length.saturating_sub(suffix), length - 1)
        }
        _ => Asked::Whole,
    }
}

/// Digits only; a number too large for us is larger than any file.
fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::{Asked, asked};

    #[test]
    fn ranges_read_as_rfc_9110_says() {
        for (header, expected) in [
            ("bytes=0-0", Asked::Part(0, 0)),
            ("bytes=0-", Asked::Part(0, 99)),
            ("bytes=10-19", Asked::Part(10, 19)),
            ("bytes=90-1000", Asked::Part(90, 99)),
            ("bytes=-10", Asked::Part(90, 99)),
            ("bytes=-1000", Asked::Part(0, 99)),
            ("bytes=99-99999999999999999999999", Asked::Part(99, 99)),
            ("bytes=100-", Asked::Unsatisfiable),
            ("bytes=-0", Asked::Unsatisfiable),
            ("bytes=5-4", Asked::Whole),
            ("bytes=-", Asked::Whole),
            ("bytes=a-b", Asked::Whole),
            ("bytes=1-b", Asked::Whole),
            ("bytes=0-1,5-6", Asked::Whole),
            ("lines=1-2", Asked::Whole),
            ("", Asked::Whole),
        ] {
            assert_eq!(asked(header, 100), expected, "{header}");
        }
        assert_eq!(asked("bytes=-5", 0), Asked::Unsatisfiable);
        assert_eq!(asked("bytes=0-", 0), Asked::Unsatisfiable);
    }
}
