//! Objects to bytes: whatever is not a stream goes into object streams, as a structure tree is many small objects that are much
//! alike; a cross-reference stream tells where all lies (ISO 32000-1, 7.5.7 and 7.5.8).

use super::PdfError;
use super::object::{self, Written};
use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Object, Stream, dictionary};
use rayon::prelude::*;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The objects of one object stream: a reader takes a whole one apart for any of its objects.
const OBJECTS_PER_STREAM: usize = 250;
/// The bytes of a row of the cross-reference stream.
const ROW: usize = 6;
/// The first line, and one that tells programs that this is not text: four bytes above 127.
const HEADER: &[u8] = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n";

/// Where an object lies.
enum Location {
    /// The number of bytes before it.
    Direct(usize),
    /// The object stream, and its index there.
    Within(u32, usize),
}

/// An object of an object stream.
enum Small<'a> {
    Object(Object),
    Written(&'a [u8]),
}

/// Writes a file: the same objects give the same bytes.
pub(super) fn bytes(mut objects: lopdf::Document, written: &Written) -> Result<Vec<u8>, PdfError> {
    let mut small: Vec<(u32, Small<'_>)> = written.iter().map(|(id, bytes)| (id, Small::Written(bytes))).collect();
    let mut streams: Vec<(u32, Stream)> = Vec::new();
    for (id, object) in std::mem::take(&mut objects.objects) {
        match object {
            Object::Stream(stream) => streams.push((id.0, stream)),
            object => small.push((id.0, Small::Object(object))),
        }
    }
    small.sort_by_key(|(id, _)| *id);
    let mut locations: BTreeMap<u32, Location> = BTreeMap::new();
    let mut next = objects.max_id + 1;
    for chunk in small.chunks(OBJECTS_PER_STREAM) {
        locations.extend(chunk.iter().enumerate().map(|(index, (id, _))| (*id, Location::Within(next, index))));
        streams.push((next, object_stream(chunk)));
        next += 1;
    }
    // A single document has all cores to itself.
    streams.par_iter_mut().try_for_each(|(_, stream)| deflate(stream))?;
    let mut bytes = HEADER.to_vec();
    for (id, stream) in &streams {
        locations.insert(*id, Location::Direct(bytes.len()));
        indirect(*id, stream, &mut bytes);
    }
    let start = bytes.len();
    locations.insert(next, Location::Direct(start));
    let mut references = cross_references(&locations, next + 1, &objects.trailer);
    deflate(&mut references)?;
    indirect(next, &references, &mut bytes);
    bytes.extend(format!("startxref\n{start}\n%%EOF\n").into_bytes());
    Ok(bytes)
}

/// Writes a stream as the object of that number.
fn indirect(id: u32, stream: &Stream, bytes: &mut Vec<u8>) {
    object::integer(i64::from(id), bytes);
    bytes.extend(b" 0 obj\n");
    object::dictionary(&stream.dict, bytes);
    bytes.extend(b"stream\n");
    bytes.extend(&stream.content);
    // Contents may end in a carriage return: a line feed alone after it would read as part of the end of line (ISO 19005-3, 6.1.7.1).
    bytes.extend(b"\r\nendstream\nendobj\n");
}

fn object_stream(objects: &[(u32, Small<'_>)]) -> Stream {
    let (mut index, mut content) = (Vec::new(), Vec::new());
    for (id, object) in objects {
        for number in [i64::from(*id), object::whole(content.len())] {
            object::integer(number, &mut index);
            index.push(b' ');
        }
        match object {
            Small::Object(object) => object::object(object, &mut content),
            Small::Written(written) => content.extend(*written),
        }
        content.push(b'\n');
    }
    let entries =
        dictionary! { "Type" => "ObjStm", "N" => object::whole(objects.len()), "First" => object::whole(index.len()) };
    index.append(&mut content);
    Stream::new(entries, index)
}

/// The cross-reference stream, which is the trailer too: for each object its kind, and two numbers.
fn cross_references(locations: &BTreeMap<u32, Location>, size: u32, trailer: &Dictionary) -> Stream {
    let mut content = Vec::new();
    let mut above = [0; ROW];
    for id in 0..size {
        let (kind, first, second) = match locations.get(&id) {
            // The free objects are a list, and this one's next is the first, which ends it.
            None => (0, 0, if id == 0 { usize::from(u8::MAX) } else { 0 }),
            Some(Location::Direct(offset)) => (1, *offset, 0),
            Some(Location::Within(stream, index)) => (2, usize::try_from(*stream).unwrap_or(usize::MAX), *index),
        };
        let [a, b, c, d] = u32::try_from(first).unwrap_or(u32::MAX).to_be_bytes();
        // No object stream has more objects than a byte can number.
        let row = [kind, a, b, c, d, u8::try_from(second).unwrap_or(u8::MAX)];
        // The row's filter: what is written is the difference to the row above, mostly naught.
        content.push(2);
        content.extend(row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(above)));
        above = row;
    }
    let mut entries = trailer.clone();
    entries.set("Type", "XRef");
    entries.set("Size", i64::from(size));
    entries.set("W", vec![1.into(), 4.into(), 1.into()]);
    entries.set("DecodeParms", dictionary! { "Predictor" => 12, "Columns" => object::whole(ROW) });
    Stream::new(entries, content)
}

thread_local! {
    /// One compressor for all streams of a thread: setting one up costs more than it works on a short stream. A middling level: the
    /// slowest one, which lopdf would take, saves two bytes in a hundred.
    static COMPRESSOR: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(4), true));
}

/// Compresses a stream, unless it is already, or must not be.
fn deflate(stream: &mut Stream) -> Result<(), PdfError> {
    if !stream.allows_compression || stream.dict.has(b"Filter") {
        return Ok(());
    }
    let content = deflated(&stream.content)?;
    stream.set_content(content);
    stream.dict.set("Filter", Object::Name(b"FlateDecode".to_vec()));
    Ok(())
}

/// The bytes of a stream, compressed.
pub(super) fn deflated(content: &[u8]) -> Result<Vec<u8>, PdfError> {
    // What cannot be compressed grows by less than this.
    let mut deflated = Vec::with_capacity(content.len() + content.len() / 8 + 128);
    let status = COMPRESSOR.with_borrow_mut(|compressor| {
        compressor.reset();
        compressor.compress_vec(content, &mut deflated, FlushCompress::Finish)
    });
    match status {
        Ok(Status::StreamEnd) => Ok(deflated),
        _ => Err(PdfError::Structure("a stream cannot be compressed".to_owned())),
    }
}
