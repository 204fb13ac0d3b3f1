//! The issuing office, as its file gives it.

use super::*;

#[test]
fn an_offices_faults_have_their_lines() {
    let vietnamese = BTreeSet::from([Language::Vi]);
    let faults = |text: &str, languages: &BTreeSet<Language>| load(text, languages).unwrap_err();
    let unknown = faults("body: Sở Ngoại vụ\nsimbol: BC-SNgV\nsigner: {nmae: A}\n", &vietnamese);
    assert!(unknown[0].starts_with("office.yaml:2:1: `simbol` is not a key of this place; did you mean `symbol`?"));
    assert!(unknown[1].starts_with("office.yaml:3:10: `nmae` is not a key of this place; did you mean `name`?"));
    let language = faults("place: {vi: Nghệ An}\n", &both());
    assert_eq!(language, ["office.yaml:1:8: `place` has no text in the language `en`; add `en: …`"]);
    let mixed = faults("body: Sở Ngoại vụ\n", &both());
    assert!(mixed[0].contains("`body` is Vietnamese, and an English document is asked for: `Sở Ngoại vụ`"));
    assert!(load("body: Sở Ngoại vụ\nplace: Nghệ An\n", &vietnamese).is_ok());
    assert!(load("place: Nghệ An\n", &both()).is_ok(), "a name may be one for both languages");
    assert!(faults("number: 15/BC\n", &vietnamese)[0].contains("`15/BC` is not the number of a document"));
    assert!(faults("date: 2026-02-30\n", &vietnamese)[0].starts_with("office.yaml:1:7: `2026-02-30` is not a date"));
    assert!(faults("body: \"\"\n", &vietnamese)[0].contains("`body` is empty"));
    assert_eq!(load("number: 05\n", &vietnamese).unwrap().number.as_deref(), Some("05"), "as it is written");
}

#[test]
fn the_example_office_is_sound() {
    let office = load(brief::office::EXAMPLE, &both()).unwrap();
    assert_eq!(compare_numerals(ENGLISH, &decree(ENGLISH, Some(&office))), []);
}
