//! A certificate to lay out, and the font to set it in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use contract::{Certificate, Seal};
use press::cut::cut;
use press::font::{FOLDER, Font, INDEX, Slices};
use press::{Options, Picture, Sheet, layout};

/// Names that have come out wrong elsewhere.
pub(crate) const NAMES: [&str; 7] = [
    "王建国",
    "欧阳娜娜",
    "买买提·吐尔逊江·阿不都热合曼",
    "古丽巴哈尔·阿卜杜热西提·麦麦提图尔荪·阿吉尼亚孜汗",
    "张𬭎",
    "㛃𤧛",
    "Anna Müller-李",
];

pub(crate) fn seal(text: &str, caption: &str) -> Seal {
    Seal {
        text: text.into(),
        caption: caption.into(),
    }
}

/// The sample class's certificate for someone of that name.
pub(crate) fn certificate(name: &str) -> Certificate {
    Certificate {
        id: "c-1".into(),
        number: "网培字〔2026〕第000001号".into(),
        class_id: "fgqy-2026".into(),
        class_title: "全国非公企业工会主席上岗资格网络培训班".into(),
        title: "工会干部上岗资格培训证书".into(),
        name: name.into(),
        body: format!(
            "{name} 同志于 2026年1月1日 至 2026年11月22日 参加全国非公企业工会主席上岗资格网络培训班学习，\
             修满 32 学时，经考核合格，准予上岗。特发此证。"
        ),
        hours: 32,
        issued_on: "2026-11-22".into(),
        supervisor: "全国总工会统一监制".into(),
        seals: vec![
            seal("中国工会网络培训学院", "培训机构（盖章）"),
            seal("浙江省总工会组织部", "省级工会培训主管部门（盖章）"),
        ],
        photo_url: None,
    }
}

pub(crate) fn sheet(certificate: &Certificate) -> Sheet {
    layout(certificate, Options::default())
}

/// The npm package of the font, as it is after `npm ci`.
pub(crate) fn source() -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../node_modules/@chinese-fonts/lxgwwenkai/dist/LXGWWenKai-Regular");
    assert!(
        source.join("result.css").exists(),
        "the font is missing: run `npm ci` in the root"
    );
    source
}

/// The font's slices as a site serves them, cut once.
pub(crate) struct Site {
    folder: PathBuf,
    pub(crate) slices: Slices,
}

impl Site {
    pub(crate) fn get() -> &'static Self {
        static SITE: OnceLock<Site> = OnceLock::new();
        SITE.get_or_init(|| {
            let site = Path::new(env!("CARGO_TARGET_TMPDIR")).join("site");
            cut(&source(), &site).unwrap();
            let folder = site.join(FOLDER);
            let slices = Slices::read(&std::fs::read(folder.join(INDEX)).unwrap()).unwrap();
            Self { folder, slices }
        })
    }

    pub(crate) fn file(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.folder.join(name)).unwrap()
    }

    /// The font with just the slices that these characters need, and the bytes fetched for them.
    pub(crate) fn font(&self, chars: &[char]) -> (Font, usize) {
        let mut font = Font::new(&self.slices);
        let mut fetched = self.file(INDEX).len();
        for slice in self.slices.needed(chars) {
            let file = self.file(&Slices::file(slice));
            fetched += file.len();
            font.add(&file).unwrap();
        }
        (font, fetched)
    }
}

pub(crate) fn no_pictures() -> &'static BTreeMap<char, Picture> {
    static NONE: BTreeMap<char, Picture> = BTreeMap::new();
    &NONE
}
