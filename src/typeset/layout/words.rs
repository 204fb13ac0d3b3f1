//! The words of an official document's form, by language: never one language's words in the other's document.

use crate::language::Language;

/// The words of the form in a language.
#[derive(Debug)]
pub(in crate::typeset) struct FormWords {
    /// The country's name.
    pub country: &'static str,
    /// The motto.
    pub motto: &'static str,
    /// Before the number of a document.
    pub number: &'static str,
    /// The type of document.
    pub kind: &'static str,
    /// The body that issues, where no office is given.
    pub body: &'static str,
    /// The post of who signs, where no office is given.
    pub post: &'static str,
    /// Above those who receive the document.
    pub recipients: &'static str,
    /// The last of them: the office's own file. `{unit}` is filled in.
    pub filed: &'static str,
    /// The heads of the columns of the key figures: what, how much, when, what it is to plan or year before.
    pub key_figures: [&'static str; 4],
    /// The letters of headings of the third level.
    pub letters: &'static str,
}

/// A dotted line, to be filled in by hand.
pub(in crate::typeset) const DOTS: &str = "………………………";

/// The words of a language's form.
pub(in crate::typeset) const fn form_words(language: Language) -> &'static FormWords {
    match language {
        Language::En => &ENGLISH,
        Language::Vi => &VIETNAMESE,
    }
}

const VIETNAMESE: FormWords = FormWords {
    country: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    motto: "Độc lập - Tự do - Hạnh phúc",
    number: "Số:",
    kind: "BÁO CÁO",
    body: "Sở Ngoại vụ",
    post: "Giám đốc",
    recipients: "Nơi nhận:",
    filed: "Lưu: VT{unit}",
    key_figures: ["Chỉ tiêu", "Số liệu", "Thời gian", "Ghi chú"],
    letters: "abcdđeghiklmnopqrstuvxy",
};

const ENGLISH: FormWords = FormWords {
    country: "SOCIALIST REPUBLIC OF VIET NAM",
    motto: "Independence - Freedom - Happiness",
    number: "No.:",
    kind: "REPORT",
    body: "Department of Foreign Affairs",
    post: "Director",
    recipients: "Recipients:",
    filed: "On file: records office{unit}",
    key_figures: ["Indicator", "Figure", "Period", "Remarks"],
    letters: "abcdefghijklmnopqrstuvwxyz",
};
