//! Resident identity numbers (公民身份号码, GB 11643-1999).

/// The number with a capital X, if its check digit is right.
pub(super) fn normal(number: &str) -> Option<String> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let number = number.to_ascii_uppercase();
    let (digits, check) = number.split_at_checked(17)?;
    let mut sum = 0;
    for (digit, weight) in digits.chars().zip(WEIGHTS) {
        sum += digit.to_digit(10)? * weight;
    }
    let right = CHECKS.get(usize::try_from(sum % 11).ok()?)?;
    (check.as_bytes() == [*right]).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn an_id_number_needs_its_check_digit_and_takes_x_or_capital_x() {
        // The standard's own examples.
        assert_eq!(
            normal("11010519491231002x").as_deref(),
            Some("11010519491231002X")
        );
        assert_eq!(
            normal("440524188001010014").as_deref(),
            Some("440524188001010014")
        );
        for wrong in [
            "110105194912310021",
            "1101051949123100",
            "",
            "企业工会企业工会",
            "11010519491231002XX",
        ] {
            assert_eq!(normal(wrong), None);
        }
    }
}
