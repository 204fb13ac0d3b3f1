//! The file's identity: a hash of its own bytes, which anyone can compute again without knowing PDF.
//!
//! The file is written with an `/ID` of zeros, hashed (SHA-256, the first sixteen bytes), and the hash's digits take the
//! zeros' place. To verify it, the digits are set to zero again.

use super::PdfError;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::ops::Range;

/// The length of one of the two identifiers, in hexadecimal digits.
const DIGITS: usize = 32;
/// What stands before, between and after the two.
const MARKS: [&[u8]; 3] = [b"/ID[<", b"><", b">]"];

/// The identifier to write before the identity is known.
pub(super) const UNKNOWN: [u8; DIGITS / 2] = [0; DIGITS / 2];

/// Whether a file's bytes are those that its identity was made from; `None` if it has no identity of this kind.
pub fn identity_holds(bytes: &[u8]) -> Option<bool> {
    let places = places(bytes)?;
    let stated = places.clone().map(|place| bytes.get(place));
    Some(stated == [Some(identity(bytes, &places).as_bytes()); 2])
}

/// Puts the identity in the place of [`UNKNOWN`].
pub(super) fn set(bytes: &mut [u8]) -> Result<(), PdfError> {
    let missing = || PdfError::Structure("there is no room for the identity".to_owned());
    let places = places(bytes).ok_or_else(missing)?;
    let identity = identity(bytes, &places);
    for place in places {
        bytes.get_mut(place).ok_or_else(missing)?.copy_from_slice(identity.as_bytes());
    }
    Ok(())
}

/// Where the digits of the two identifiers lie: in the last `/ID` of the file.
fn places(bytes: &[u8]) -> Option<[Range<usize>; 2]> {
    let [before, between, after] = MARKS;
    let start = bytes.windows(before.len()).rposition(|window| window == before)? + before.len();
    let first = start..start + DIGITS;
    let second = first.end + between.len()..first.end + between.len() + DIGITS;
    let is_whole = bytes.get(first.end..second.start)? == between
        && bytes.get(second.end..second.end + after.len())? == after
        && [&first, &second].iter().all(|place| bytes[(*place).clone()].iter().all(u8::is_ascii_hexdigit));
    is_whole.then_some([first, second])
}

/// The hash of the bytes with zeros in these places, as hexadecimal digits.
fn identity(bytes: &[u8], [first, second]: &[Range<usize>; 2]) -> String {
    const ZEROS: [u8; DIGITS] = [b'0'; DIGITS];
    let mut hasher = Sha256::new();
    for part in [&bytes[..first.start], &ZEROS, &bytes[first.end..second.start], &ZEROS, &bytes[second.end..]] {
        hasher.update(part);
    }
    let mut identity = String::with_capacity(DIGITS);
    for byte in hasher.finalize().iter().take(DIGITS / 2) {
        // Writing to a string cannot fail.
        let _ = write!(identity, "{byte:02X}");
    }
    identity
}
