//! What a file of sheets or of some pages no longer is: a tagged document with links, outlines and page numbers.

use lopdf::{Document, Error, Object, StringFormat, dictionary};

use super::xmp::{edit_xmp, element, set};

/// What the catalogue keeps.
const KEPT: [&[u8]; 5] = [b"Type", b"Pages", b"Metadata", b"OutputIntents", b"Lang"];

/// Drops what spoke of the whole document and its single pages, and what the metadata no longer may claim.
///
/// `variant` tells the new file from the one it was made of; `duplex` says, as PDF calls it,
/// about which edge the paper must be turned for both of its sides to match.
pub(super) fn strip(
    document: &mut Document,
    sides: usize,
    variant: &str,
    duplex: Option<&str>,
) -> Result<(), Error> {
    let catalog = document.catalog_mut()?;
    let keys: Vec<Vec<u8>> = catalog.iter().map(|(key, _)| key.clone()).collect();
    for key in keys.iter().filter(|key| !KEPT.contains(&key.as_slice())) {
        catalog.remove(key);
    }
    // Scaled by the printer's driver, the halves would no longer meet at the fold.
    let mut preferences = dictionary! { "DisplayDocTitle" => true, "PrintScaling" => "None" };
    if let Some(duplex) = duplex {
        preferences.set("Duplex", duplex);
    }
    catalog.set("ViewerPreferences", preferences);
    edit_xmp(document, |xmp| stripped_xmp(xmp, sides, variant))?;
    if let Ok(Object::Array(ids)) = document.trailer.get_mut(b"ID")
        && let Some(Object::String(bytes, format)) = ids.get_mut(1)
    {
        bytes.extend_from_slice(variant.as_bytes());
        *format = StringFormat::Hexadecimal;
    }
    document.prune_objects();
    Ok(())
}

/// The XMP without PDF/UA, with PDF/A at level b, and with the new number of pages.
fn stripped_xmp(xmp: &str, sides: usize, variant: &str) -> String {
    let xmp = set(xmp, "pdfaid:conformance", |level| match level {
        "A" => "B".to_owned(),
        other => other.to_owned(),
    });
    let xmp = set(&xmp, "xmpTPg:NPages", |_| sides.to_string());
    let xmp = set(&xmp, "xmpMM:InstanceID", |id| format!("{id}-{variant}"));
    match element(&xmp, "pdfuaid:part") {
        Some((start, end)) => format!("{}{}", &xmp[..start], &xmp[end..]),
        None => xmp,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_metadata_claims_no_tags_and_counts_the_sides() {
        let xmp = "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>\
                   <pdfuaid:part>1</pdfuaid:part><xmpTPg:NPages>23</xmpTPg:NPages>\
                   <xmpMM:InstanceID>x==</xmpMM:InstanceID>";
        assert_eq!(
            stripped_xmp(xmp, 12, "booklet"),
            "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>\
             <xmpTPg:NPages>12</xmpTPg:NPages><xmpMM:InstanceID>x==-booklet</xmpMM:InstanceID>"
        );
    }

    #[test]
    fn metadata_without_these_elements_stays_as_it_is() {
        assert_eq!(stripped_xmp("<dc:title>題</dc:title>", 1, "2up"), "<dc:title>題</dc:title>");
    }
}
