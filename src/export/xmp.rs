//! What a finished PDF says of itself beyond what Typst writes: its version, and a name of its
//! own for these very bytes.

use lopdf::{Document, Error, Object};

use soukatsu_core::model::digest::sha256;

/// Notes the version, and names the instance anew, because the file is no longer the one that
/// Typst named. `added` is what was added: its digest makes the new name.
pub(super) fn name_instance(
    document: &mut Document,
    version: Option<&str>,
    added: &str,
) -> Result<(), Error> {
    const INSTANCE: &str = "xmpMM:InstanceID";
    let mut renamed = None;
    edit_xmp(document, |xmp| {
        let Some((_, end)) = element(xmp, INSTANCE) else { return xmp.to_owned() };
        let version = version.map_or_else(String::new, |version| {
            format!("<xmpMM:VersionID>{}</xmpMM:VersionID>", escaped(version))
        });
        let xmp = format!("{}{version}{}", &xmp[..end], &xmp[end..]);
        let name = |old: &str| sha256(format!("{old}\n{added}").as_bytes())[..32].to_owned();
        let xmp = set(&xmp, INSTANCE, |old| renamed.insert(name(old)).clone());
        // What Typst calls a proof is the document itself.
        set(&xmp, "xmpMM:RenditionClass", |_| "default".to_owned())
    })?;
    // The second half of the file's identifier is that of the instance, too.
    if let Some(instance) = renamed
        && let Ok(Object::Array(ids)) = document.trailer.get_mut(b"ID")
        && let Some(second) = ids.get_mut(1)
    {
        *second = Object::string_literal(instance);
    }
    Ok(())
}

/// Rewrites the XMP, where there is any.
pub(super) fn edit_xmp(
    document: &mut Document,
    edit: impl FnOnce(&str) -> String,
) -> Result<(), Error> {
    let metadata = document.catalog()?.get(b"Metadata").and_then(Object::as_reference);
    if let Ok(metadata) = metadata {
        let stream = document.get_object_mut(metadata)?.as_stream_mut()?;
        let xmp = String::from_utf8_lossy(&stream.get_plain_content()?).into_owned();
        stream.set_plain_content(edit(&xmp).into_bytes());
    }
    Ok(())
}

/// The XMP of a document; empty where there is none.
pub(super) fn packet(document: &Document) -> String {
    let metadata = document.catalog().and_then(|catalog| catalog.get_deref(b"Metadata", document));
    let stream = metadata.and_then(Object::as_stream).ok();
    let bytes = stream.and_then(|stream| stream.get_plain_content().ok()).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Replaces what an element holds.
pub(super) fn set(xmp: &str, name: &str, new: impl FnOnce(&str) -> String) -> String {
    let Some((start, end)) = element(xmp, name) else { return xmp.to_owned() };
    let (open, close) = (start + name.len() + 2, end - name.len() - 3);
    format!("{}{}{}", &xmp[..open], new(&xmp[open..close]), &xmp[close..])
}

/// Where an element without attributes begins and ends.
pub(super) fn element(xmp: &str, name: &str) -> Option<(usize, usize)> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let start = xmp.find(&open)?;
    let end = start + xmp[start..].find(&close)? + close.len();
    Some((start, end))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
