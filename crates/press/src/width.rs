//! How wide characters are, in thousandths of an em: one table for page and PDF, so that both
//! break lines at the same places. It holds the advances of LXGW WenKai; 汉字 are one em in any
//! font. A space is a quarter em, which is what stands between 汉字 and digits.

/// U+0020 to U+007E.
const ASCII: [u16; 95] = [
    250, 350, 350, 600, 600, 800, 700, 350, 350, 350, 500, 600, 350, 350, 350, 350, // space
    600, 600, 600, 600, 600, 600, 600, 600, 600, 600, 350, 350, 600, 600, 600, 600, // 0
    784, 690, 650, 703, 728, 638, 582, 752, 700, 304, 492, 630, 547, 855, 738, 745, // @
    618, 745, 635, 617, 577, 710, 620, 880, 600, 600, 600, 350, 350, 350, 600, 500, // P
    500, 575, 573, 530, 575, 543, 370, 580, 588, 263, 301, 510, 263, 816, 588, 562, // `
    572, 576, 430, 510, 360, 590, 490, 730, 500, 500, 490, 350, 350, 350, 600, // p
];

/// The advance of a character.
pub(crate) fn advance(char: char) -> u16 {
    match char {
        ' '..='~' => ASCII[char as usize - 0x20],
        '·' | '‘' | '’' | '“' | '”' => 350,
        // General punctuation that is as wide as a 汉字 in Chinese fonts, then Han and all around it.
        '—' | '―' | '‖' | '…' | '‰' | '※' | '\u{2100}'..='\u{FFDC}' | '\u{10000}'.. => {
            1000
        }
        _ => 600,
    }
}

/// The natural width of a text in thousandths of an em.
pub(crate) fn width(text: &str) -> u32 {
    text.chars().map(|char| u32::from(advance(char))).sum()
}
