//! Some pages of a finished PDF as a PDF of their own, for machines that print.

use lopdf::{
    Dictionary, Document, Error, Object, ObjectId, Stream, decode_text_string, dictionary,
    text_string,
};

use super::boxes::{Area, PageBoxes};
use super::impose::form;
use super::pack::packed;
use super::strip::strip;
use super::xmp::{edit_xmp, set};
use soukatsu_core::model::digest::sha256;

/// Which pages, and what is added to them.
pub struct Excerpt<'a> {
    pub pages: Vec<ExcerptPage>,
    /// The page numbers as printed, of all pages of the source.
    pub labels: &'a [Option<String>],
    /// A PDF whose first page is laid on the pages that say where.
    pub stamp: Option<&'a [u8]>,
    /// Stands before the title in the metadata.
    pub name: &'a str,
    /// Every two pages are the sides of a sheet that is turned about its long edge.
    pub duplex: bool,
    /// Pages lose what is printed beyond their cut.
    pub cut: bool,
}

/// A page of an excerpt.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ExcerptPage {
    /// The page of the source, from 0; `None` is a blank page like the one before.
    pub source: Option<usize>,
    /// The lower left corner of the stamp, in points from that of the cut page.
    pub stamp: Option<[f64; 2]>,
}

/// What a page may take from the nodes above it.
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];
/// What of a page speaks of the whole document.
const DROPPED: [&[u8]; 6] = [b"Annots", b"StructParents", b"Tabs", b"AF", b"Thumb", b"B"];
/// The boxes of a page that say no more when it is as large as its cut.
const BEYOND_THE_CUT: [&[u8]; 4] = [b"CropBox", b"BleedBox", b"TrimBox", b"ArtBox"];
/// Deeper trees are damaged.
const DEEPEST: usize = 50;

/// Left, top, right and bottom edge of every cut page, in points from the upper left corner of
/// the page with its bleed.
///
/// # Errors
/// When the PDF is broken.
pub fn trims(pdf: &[u8]) -> Result<Vec<[f64; 4]>, Error> {
    let mut document = Document::load_mem(pdf)?;
    let pages: Vec<ObjectId> = document.page_iter().collect();
    let mut trims = Vec::new();
    for page in pages {
        keep_inherited(&mut document, page)?;
        let PageBoxes { trim, .. } = PageBoxes::of(&document, page)?;
        let media = PageBoxes::media(&document, page)?;
        let edges = [
            trim.left - media.left,
            media.top - trim.top,
            trim.right - media.left,
            media.top - trim.bottom,
        ];
        trims.push(edges.map(f64::from));
    }
    Ok(trims)
}

/// Makes a PDF of some pages. Text, fonts and page labels are kept; tags, links, outlines and
/// attachments are not: PDF/A-2b, when the source is any PDF/A-2 or -3.
///
/// # Errors
/// When the PDF is broken, or has no such page.
pub fn excerpt(pdf: &[u8], excerpt: &Excerpt<'_>) -> Result<Vec<u8>, Error> {
    let mut document = Document::load_mem(pdf)?;
    let sources: Vec<ObjectId> = document.page_iter().collect();
    let stamp = match excerpt.stamp {
        Some(bytes) => Some(import(&mut document, bytes)?),
        None => None,
    };
    let saved = document.add_object(Stream::new(dictionary! {}, b"q\n".to_vec()));
    let tree = document.catalog()?.get(b"Pages")?.as_reference()?;
    let (mut kids, mut labels) = (Vec::new(), Vec::new());
    let mut like = None;
    for (index, page) in excerpt.pages.iter().enumerate() {
        let (id, label) = match page.source {
            Some(number) => {
                let id =
                    *sources.get(number).ok_or(Error::PageNumberNotFound(number as u32 + 1))?;
                keep_inherited(&mut document, id)?;
                if let (Some(form), Some(place)) = (stamp, page.stamp) {
                    lay_on(&mut document, id, form, place, saved)?;
                }
                like = Some(id);
                (id, excerpt.labels.get(number).cloned().flatten())
            }
            None => (blank(&mut document, like)?, None),
        };
        let trim = PageBoxes::of(&document, id)?.trim;
        let dictionary = document.get_dictionary_mut(id)?;
        for key in DROPPED {
            dictionary.remove(key);
        }
        if excerpt.cut && dictionary.has(b"TrimBox") {
            for key in BEYOND_THE_CUT {
                dictionary.remove(key);
            }
            dictionary.set("MediaBox", trim);
        }
        dictionary.set("Parent", tree);
        kids.push(Object::Reference(id));
        let mut told = dictionary! { "Type" => "PageLabel" };
        if let Some(label) = label {
            told.set("P", text_string(&label));
        }
        labels.extend([Object::Integer(index as i64), told.into()]);
    }
    let count = kids.len() as i64;
    document.set_object(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count });
    let variant = (&excerpt.pages, excerpt.stamp.map(sha256), excerpt.cut);
    let variant = &sha256(format!("{variant:?}").as_bytes())[..16];
    strip(
        &mut document,
        excerpt.pages.len(),
        variant,
        excerpt.duplex.then_some("DuplexFlipLongEdge"),
    )?;
    document.catalog_mut()?.set("PageLabels", dictionary! { "Nums" => labels });
    rename(&mut document, excerpt.name)?;
    packed(document)
}

/// Writes into a page what it takes from the nodes above it, because it leaves them.
fn keep_inherited(document: &mut Document, page: ObjectId) -> Result<(), Error> {
    for key in INHERITED {
        let mut node = page;
        let mut found = None;
        for _ in 0..DEEPEST {
            let dictionary = document.get_dictionary(node)?;
            found = dictionary.get(key).ok().cloned();
            match dictionary.get(b"Parent").and_then(Object::as_reference) {
                Ok(parent) if found.is_none() => node = parent,
                _ => break,
            }
        }
        if let Some(value) = found {
            document.get_dictionary_mut(page)?.set(key, value);
        }
    }
    Ok(())
}

/// The first page of another PDF as a form of this one.
fn import(document: &mut Document, pdf: &[u8]) -> Result<ObjectId, Error> {
    let mut other = Document::load_mem(pdf)?;
    other.renumber_objects_with(document.max_id + 1);
    let page = other.page_iter().next().ok_or(Error::PageNumberNotFound(1))?;
    let shown = PageBoxes::media(&other, page)?;
    let form = form(&mut other, page, shown)?;
    document.max_id = other.max_id;
    document.objects.extend(other.objects);
    Ok(form)
}

/// Lays a form on a page, on top of everything, as a part of the paper and not of the text.
fn lay_on(
    document: &mut Document,
    page: ObjectId,
    form: ObjectId,
    place: [f64; 2],
    saved: ObjectId,
) -> Result<(), Error> {
    let trim = PageBoxes::of(document, page)?.trim;
    let [x, y] = [f64::from(trim.left) + place[0], f64::from(trim.bottom) + place[1]];
    own_resources(document, page)?;
    document.add_xobject(page, STAMP, form)?;
    let call = format!("\nQ\n/Artifact BMC q 1 0 0 1 {x:.3} {y:.3} cm /{STAMP} Do Q EMC\n");
    let call = document.add_object(Stream::new(dictionary! {}, call.into_bytes()));
    let drawn = document.get_page_contents(page);
    let contents = std::iter::once(saved).chain(drawn).chain([call]);
    let contents: Vec<Object> = contents.map(Object::Reference).collect();
    document.get_dictionary_mut(page)?.set("Contents", contents);
    Ok(())
}

const STAMP: &str = "SoukatsuStamp";

/// Gives a page resources that no other page shares.
fn own_resources(document: &mut Document, page: ObjectId) -> Result<(), Error> {
    let dictionary = document.get_dictionary(page)?;
    let mut resources = match dictionary.get_deref(b"Resources", document) {
        Ok(resources) => resources.as_dict()?.clone(),
        Err(_) => Dictionary::new(),
    };
    if let Ok(forms) = resources.get_deref(b"XObject", document) {
        let forms = forms.clone();
        resources.set("XObject", forms);
    }
    document.get_dictionary_mut(page)?.set("Resources", resources);
    Ok(())
}

/// A blank page of the size of another one.
fn blank(document: &mut Document, like: Option<ObjectId>) -> Result<ObjectId, Error> {
    const A4: Area = Area { left: 0.0, bottom: 0.0, right: 595.276, top: 841.89 };
    let mut page =
        dictionary! { "Type" => "Page", "MediaBox" => A4, "Resources" => dictionary! {} };
    if let Some(like) = like {
        let like = document.get_dictionary(like)?;
        for key in ["MediaBox", "CropBox", "BleedBox", "TrimBox", "Rotate"] {
            if let Ok(value) = like.get(key.as_bytes()) {
                page.set(key, value.clone());
            }
        }
    }
    Ok(document.add_object(page))
}

/// Names the excerpt in both places of the metadata, and takes it to PDF/A-2: nothing of it
/// needs more.
fn rename(document: &mut Document, name: &str) -> Result<(), Error> {
    const TITLE: &str = "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">";
    edit_xmp(document, |xmp| {
        let xmp = set(xmp, "pdfaid:part", |_| "2".to_owned());
        xmp.replacen(TITLE, &format!("{TITLE}{name} "), 1)
    })?;
    let Ok(info) = document.trailer.get(b"Info").and_then(Object::as_reference) else {
        return Ok(());
    };
    let info = document.get_dictionary_mut(info)?;
    if let Ok(title) = info.get(b"Title").and_then(decode_text_string) {
        info.set("Title", text_string(&format!("{name} {title}")));
    }
    Ok(())
}
