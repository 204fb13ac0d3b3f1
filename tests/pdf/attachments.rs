//! Files inside a PDF come back as they were put in.

use super::{FONTS, VIETNAMESE, load, set};
use brief::pdf::{Attachment, Packed, PdfError, Relationship, write};
use lopdf::{Dictionary, Object};

fn attachment(name: &str, relationship: Relationship, bytes: &[u8]) -> Attachment {
    Attachment {
        name: name.to_owned(),
        media_type: "application/yaml",
        description: format!("Phiếu số liệu {name}"),
        relationship,
        contents: Packed::new(bytes).unwrap(),
    }
}

#[test]
fn attachments_come_back_byte_for_byte() {
    let every_byte: Vec<u8> = (0..=255).cycle().take(5000).collect();
    let contents: [(&str, Relationship, &[u8]); 4] = [
        ("nghệ an (1).yaml", Relationship::Data, "province: nghe-an\r\n".as_bytes()),
        ("briefing.md", Relationship::Source, VIETNAMESE.as_bytes()),
        ("empty", Relationship::Supplement, b""),
        ("bytes.bin", Relationship::Supplement, &every_byte),
    ];
    let given = contents.map(|(name, relationship, bytes)| attachment(name, relationship, bytes));
    let document = load(&write(&set(VIETNAMESE), &FONTS, &given).unwrap());
    let catalog = document.catalog().unwrap();
    let files = catalog.get(b"Names").unwrap().as_dict().unwrap().get(b"EmbeddedFiles").unwrap().as_dict().unwrap();
    let names = files.get(b"Names").unwrap().as_array().unwrap();
    let associated = catalog.get(b"AF").unwrap().as_array().unwrap();
    let text = |entries: &Dictionary, key: &[u8]| lopdf::decode_text_string(entries.get(key).unwrap()).unwrap();
    let mut read = Vec::new();
    for (pair, associated) in names.chunks(2).zip(associated) {
        assert_eq!(&pair[1], associated);
        let file = document.get_dictionary(pair[1].as_reference().unwrap()).unwrap();
        assert_eq!(lopdf::decode_text_string(&pair[0]).unwrap(), text(file, b"UF"));
        assert_eq!(text(file, b"F"), text(file, b"UF"));
        let embedded = file.get(b"EF").unwrap().as_dict().unwrap().get(b"UF").unwrap().as_reference().unwrap();
        let embedded = document.get_object(embedded).unwrap().as_stream().unwrap();
        assert_eq!(embedded.dict.get(b"Subtype").unwrap().as_name().unwrap(), b"application/yaml");
        let parameters = embedded.dict.get(b"Params").unwrap().as_dict().unwrap();
        let bytes = embedded.get_plain_content().unwrap();
        assert_eq!(parameters.get(b"Size").unwrap().as_i64().unwrap(), i64::try_from(bytes.len()).unwrap());
        assert_eq!(text(parameters, b"ModDate"), "D:20260930000000Z");
        let Object::Name(relationship) = file.get(b"AFRelationship").unwrap() else { panic!("no relationship") };
        let relationship = String::from_utf8(relationship.clone()).unwrap();
        read.push((text(file, b"UF"), relationship, text(file, b"Desc"), bytes));
    }
    let mut wanted: Vec<_> = given
        .iter()
        .zip(contents)
        .map(|(given, (.., bytes))| {
            (given.name.clone(), format!("{:?}", given.relationship), given.description.clone(), bytes.to_vec())
        })
        .collect();
    wanted.sort();
    assert!(read == wanted, "{:?}", read.iter().map(|file| &file.0).collect::<Vec<_>>());
}

#[test]
fn two_attachments_of_one_name_are_refused() {
    let given = [attachment("a.yaml", Relationship::Data, b"a"), attachment("a.yaml", Relationship::Data, b"b")];
    assert_eq!(write(&set("Text."), &FONTS, &given), Err(PdfError::Attachment("a.yaml".to_owned())));
}

#[test]
fn without_attachments_there_is_no_list_of_them() {
    let document = load(&write(&set("Text."), &FONTS, &[]).unwrap());
    assert!(!document.catalog().unwrap().has(b"AF") && !document.catalog().unwrap().has(b"Names"));
}
