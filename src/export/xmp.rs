//! What a finished PDF says of itself beyond what Typst writes: its version, and a name of its
//! own for these very bytes.

use lopdf::{Document, Error, Object};

use crate::model::digest::sha256;

/// Marks of the packet that Typst writes.
const INSTANCE: (&str, &str) = ("<xmpMM:InstanceID>", "</xmpMM:InstanceID>");

/// Notes the version, and names the instance anew, because the file is no longer the one that
/// Typst named. `added` is what was added: its digest makes the new name.
pub(super) fn name_instance(
    document: &mut Document,
    version: Option<&str>,
    added: &str,
) -> Result<(), Error> {
    let metadata = document.catalog()?.get(b"Metadata")?.as_reference()?;
    let stream = document.get_object_mut(metadata)?.as_stream_mut()?;
    let packet = String::from_utf8_lossy(&stream.content).into_owned();
    let Some((before, instance, after)) = split(&packet) else { return Ok(()) };
    let instance = &sha256(format!("{instance}\n{added}").as_bytes())[..32];
    let version = version.map_or_else(String::new, |version| {
        format!("<xmpMM:VersionID>{}</xmpMM:VersionID>", escaped(version))
    });
    let (open, close) = INSTANCE;
    // What Typst calls a proof is the document itself.
    let after = after.replace(">proof</xmpMM:RenditionClass>", ">default</xmpMM:RenditionClass>");
    stream.set_content(format!("{before}{open}{instance}{close}{version}{after}").into_bytes());
    // The second half of the file's identifier is that of the instance, too.
    if let Ok(Object::Array(ids)) = document.trailer.get_mut(b"ID")
        && let Some(second) = ids.get_mut(1)
    {
        *second = Object::string_literal(instance);
    }
    Ok(())
}

/// The packet before the instance's name, the name, and the rest.
fn split(packet: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = packet.split_once(INSTANCE.0)?;
    let (instance, after) = rest.split_once(INSTANCE.1)?;
    Some((before, instance, after))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
