//! Seals look like seals.

use contract::Certificate;
use press::Mark;

use crate::layout::figures;
use crate::support::{certificate, seal, sheet};

#[test]
fn the_glyphs_of_a_seal_stand_upright_on_one_arc() {
    for text in [
        "工会",
        "中国工会网络培训学院",
        "中华全国总工会干部教育培训工作领导小组办公室",
    ] {
        let certificate = Certificate {
            seals: vec![seal(text, "盖章")],
            ..certificate("王建国")
        };
        let sheet = sheet(&certificate);
        let ring = &figures(&sheet)[0];
        let (x, y) = ((ring.left + ring.right) / 2, (ring.top + ring.bottom) / 2);
        let radius = f64::from(ring.right - ring.left) / 2.0;
        let arcs = sheet
            .parts
            .iter()
            .flat_map(|part| &part.marks)
            .filter_map(|mark| match mark {
                Mark::Arc(glyphs) => Some(glyphs),
                _ => None,
            });
        let glyphs: Vec<_> = arcs.flatten().collect();
        assert_eq!(
            glyphs.iter().map(|glyph| glyph.char).collect::<String>(),
            text
        );
        let away = |at: &press::ArcGlyph| f64::from(at.x - x).hypot(f64::from(at.y - y));
        let base = away(glyphs[0]);
        for glyph in &glyphs {
            assert!((away(glyph) - base).abs() < 3.0, "{text}");
            // Its foot points to the centre, and its head does not reach the ring.
            let turn = f64::from(glyph.x - x)
                .atan2(f64::from(y - glyph.y))
                .to_degrees();
            assert!(
                (turn - f64::from(glyph.turn) / 1000.0).abs() < 0.05,
                "{text} {turn}"
            );
            assert!(
                base + f64::from(glyph.size) * 0.88 < radius * 0.95,
                "{text}"
            );
        }
        for pair in glyphs.windows(2) {
            let apart = f64::from(pair[1].x - pair[0].x).hypot(f64::from(pair[1].y - pair[0].y));
            let wide = f64::from(pair[0].size) * f64::from(pair[0].stretch) / 1000.0;
            assert!(apart > wide * 0.98, "{text}: {apart} {wide}");
        }
        let turns: i32 = glyphs.iter().map(|glyph| glyph.turn).sum();
        assert!(turns.abs() < 50, "the text's middle is at the top: {turns}");
    }
}
