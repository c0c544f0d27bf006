//! The template that a report names.

#![expect(clippy::disallowed_methods, reason = "templates of one's own are looked for here")]

use crate::world::Template;
use soukatsu_core::load::{Folder, stays_inside};
use soukatsu_core::model::report::Report;
use soukatsu_core::problem::{Code, Place, Problem};

/// A template inside the program by its name, or a folder inside the report folder.
pub(super) fn load_template(folder: &Folder, report: &Report) -> Result<Template, Box<Problem>> {
    let name = &report.template;
    if let Some(template) = Template::embedded(name) {
        return Ok(template);
    }
    let place = report.template_place.clone().unwrap_or_else(|| Place::file("report.toml"));
    let problem = Problem::error(Code::NoTemplate, place).text(name);
    let Some(read) = own(folder, name) else {
        let known = Template::names().join("・");
        return Err(Box::new(
            problem
                .message(format!("テンプレート「{name}」がありません"))
                .expected(format!("{known} か、報告書フォルダーの中のフォルダー名"))
                .hint("`template = \"council\"` と書くと内蔵のテンプレートを使います"),
        ));
    };
    read.map_err(|reason| {
        Box::new(problem.message(format!("テンプレート「{name}」を読めません: {reason}")))
    })
}

/// The template inside the report folder, when it holds one with this name.
fn own(folder: &Folder, name: &str) -> Option<Result<Template, String>> {
    if !stays_inside(name) {
        return None;
    }
    match folder {
        Folder::Disk(root) => root.join(name).is_dir().then(|| Template::from_dir(root, name)),
        Folder::Memory(files) => {
            let below = format!("{name}/");
            let inside = || {
                files.iter().filter_map(|(path, bytes)| {
                    Some((path.strip_prefix(&below)?, bytes.as_slice()))
                })
            };
            inside().next()?;
            Some(Template::from_memory(inside()))
        }
    }
}
