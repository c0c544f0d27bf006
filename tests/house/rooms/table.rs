//! The tables of rooms in ARCHITECTURE.md.
//!
//! A table of rooms has a head whose first cell is ``room under `FOLDER/` ``, FOLDER being the
//! source of one crate. Its columns are: the room, what it does, what it may use, what it touches.
//!
//! - **Room**: a folder (`load/`), a file without its ending (`record`, `lib`), or `*.rs` for all
//!   files of the folder beside `lib.rs` and `main.rs` that no other row names. Rooms may lie in
//!   rooms (`compare/paper/`, `compare/*.rs`): the longest name counts. Several names in one cell
//!   are one room. `lib.rs` and `main.rs` belong to no room unless a row names them: they may use
//!   every room, touch nothing, and no room may use them.
//! - **May use**: `–`, or names separated by commas: a room of the same table, or else of another
//!   one, with its crate before it where two have it (`chart/files`); a crate (`core`, `chart`)
//!   for all rooms of it; `all above` for all rows of this and the earlier tables. Only rooms
//!   that stand above can be named, so that the arrows go one way. A room may use itself.
//! - **Touches**: `nothing`, or parts separated by commas that each say one of `disk`, `network`,
//!   `terminal` (arguments, environment and exit too) and `processes`, with any words beside it.
//!
//! Cells may have words in round brackets, which count for nothing.

use std::collections::BTreeSet;

use super::touches::Touch;

/// One row. Rows use one another by their places in the list.
#[derive(Debug)]
pub struct Room {
    /// The folder of the table: `crates/core/src`.
    pub folder: String,
    /// `bind`, `compare/paper`, `*.rs`.
    pub names: Vec<String>,
    pub may_use: BTreeSet<usize>,
    pub touches: BTreeSet<Touch>,
}

impl Room {
    /// The crate as a table names it: `core` for `crates/core/src`.
    fn short(&self) -> &str {
        let before = self.folder.trim_end_matches("src").trim_end_matches('/');
        before.rsplit('/').next().unwrap_or_default()
    }
}

/// The rooms of a document, in their order.
pub fn rooms(markdown: &str) -> Result<Vec<Room>, String> {
    let mut found: Vec<Room> = Vec::new();
    let mut folder = None;
    for line in markdown.lines() {
        let Some(cells) = cells(line) else {
            folder = None;
            continue;
        };
        if let Some(rest) = cells[0].strip_prefix("room under ") {
            folder = Some(rest.trim_matches('`').trim_end_matches('/').to_owned());
            continue;
        }
        let Some(folder) = &folder else { continue };
        if cells[0].starts_with('-') {
            continue;
        }
        let [names, _, may_use, touches] = &cells[..] else {
            return Err(format!("a row of rooms has four cells: {line}"));
        };
        let names = list(names).map(|name| name.trim_end_matches('/').to_owned()).collect();
        let mut room = Room {
            folder: folder.clone(),
            names,
            may_use: BTreeSet::new(),
            touches: BTreeSet::new(),
        };
        for name in list(may_use).filter(|name| !matches!(*name, "–" | "-")) {
            let used = named(name, &room, &found)
                .map_err(|fault| format!("{}: {fault}", room.names.join(", ")))?;
            room.may_use.extend(used);
        }
        for part in list(touches).filter(|part| *part != "nothing") {
            let touch = Touch::named(part)
                .ok_or(format!("{}: no such touch: {part}", room.names.join(", ")))?;
            room.touches.insert(touch);
        }
        found.push(room);
    }
    Ok(found)
}

/// The cells of a row of a table, without what stands in brackets.
fn cells(line: &str) -> Option<Vec<String>> {
    let row = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    Some(row.split('|').map(|cell| without_brackets(cell).trim().to_owned()).collect())
}

fn without_brackets(cell: &str) -> String {
    let mut depth = 0;
    let mut kept = String::new();
    for letter in cell.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth == 0 => kept.push(letter),
            _ => {}
        }
    }
    kept
}

fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(',').map(|part| part.trim().trim_matches('`'))
}

/// The rows that a word of "may use" means, among those above.
fn named(name: &str, room: &Room, above: &[Room]) -> Result<Vec<usize>, String> {
    let all = || above.iter().enumerate();
    let name = name.trim_end_matches('/');
    if name == "all above" {
        return Ok((0..above.len()).collect());
    }
    let has = |other: &Room, name: &str| other.names.iter().any(|known| known == name);
    let at = |(at, _): (usize, &Room)| at;
    let here: Vec<_> = all()
        .filter(|(_, other)| other.folder == room.folder && has(other, name))
        .map(at)
        .collect();
    if !here.is_empty() {
        return Ok(here);
    }
    let of_crate: Vec<_> = all().filter(|(_, other)| other.short() == name).map(at).collect();
    if !of_crate.is_empty() && !name.is_empty() {
        return Ok(of_crate);
    }
    let elsewhere: Vec<_> = all()
        .filter(|(_, other)| {
            let inside = name.strip_prefix(other.short()).and_then(|rest| rest.strip_prefix('/'));
            has(other, name) || inside.is_some_and(|name| has(other, name))
        })
        .map(at)
        .collect();
    match elsewhere.len() {
        0 => Err(format!("no room above is called {name}")),
        1 => Ok(elsewhere),
        _ => Err(format!("several crates have a room {name}: name the crate, as in core/{name}")),
    }
}

/// The room that a file belongs to.
pub fn room_of(file: &str, rooms: &[Room]) -> Option<usize> {
    let fits = |room: &Room| {
        let inside = file.strip_prefix(&room.folder)?.strip_prefix('/')?;
        room.names.iter().filter(|name| holds(name, inside)).map(|name| specific(name)).max()
    };
    let fitting = rooms.iter().enumerate().filter_map(|(at, room)| Some((fits(room)?, at)));
    fitting.max_by_key(|(length, _)| *length).map(|(_, at)| at)
}

/// Whether a room of this name holds a file of its crate.
fn holds(name: &str, file: &str) -> bool {
    match name.strip_suffix("*.rs") {
        Some(folder) => file
            .strip_prefix(folder)
            .is_some_and(|rest| !rest.contains('/') && !matches!(rest, "lib.rs" | "main.rs")),
        None => file.strip_prefix(name).is_some_and(|rest| rest == ".rs" || rest.starts_with('/')),
    }
}

/// How near a name is to the files it holds; `*.rs` is the last resort of its folder.
fn specific(name: &str) -> usize {
    2 * name.trim_end_matches("*.rs").len() + usize::from(!name.ends_with("*.rs"))
}
