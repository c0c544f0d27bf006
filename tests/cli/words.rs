//! Whatever goes wrong is told in Japanese: no English sentence of a library reaches the user.

use std::collections::BTreeMap;

use crate::desk::{Desk, Run};

/// The words of a report of one page.
const MANIFEST: &str = "format = 1\n[report]\ntitle = \"点検\"\nauthor = \"市\"\ncouncil = \"会\"\n\
    date = 2026-07-16\n[data.indicators]\ncsv = \"i.csv\"\n[[page]]\nchapter = \"点検\"\n\
    title = \"題\"\nprose = \"prose/01.typ\"\npages = 3\n";
const TABLE: &str = "指標,略称,区分,単位,形式,向き,目標値,目標値の表記,基準値,R6,R7\n\
    人口,人口,,人,整数,以上,5,,5,5,5\n";

fn report(prose: &str) -> BTreeMap<String, Vec<u8>> {
    BTreeMap::from([
        ("report.toml".into(), MANIFEST.as_bytes().to_vec()),
        ("i.csv".into(), TABLE.as_bytes().to_vec()),
        (
            "prose/01.typ".into(),
            format!("#import \"/template/author.typ\": *\n\n{prose}\n").into_bytes(),
        ),
    ])
}

/// Three or more Latin words in a row that the input does not have.
fn english<'a>(told: &'a str, input: &str) -> Option<&'a str> {
    told.lines().filter(|line| !line.trim_start().starts_with("今の値")).find(|line| {
        let mut row: Vec<&str> = Vec::new();
        line.split(' ').any(|word| {
            let bare = word.trim_matches(|c: char| c.is_ascii_punctuation());
            let latin =
                bare.len() > 1 && bare.chars().all(|c| c.is_ascii_alphabetic() || c == '\'');
            if latin {
                row.push(word)
            } else {
                row.clear()
            }
            row.len() >= 3 && !input.contains(&row.join(" "))
        })
    })
}

fn assert_japanese(what: &str, input: &str, run: &Run) {
    let told = format!("{}{}", run.out, run.err);
    for word in ["panicked", "RUST_BACKTRACE", ".rs:", "os error"] {
        assert!(!told.contains(word), "{what}:\n{told}");
    }
    if let Some(line) = english(&told, input) {
        panic!("{what}:\n{line}\n\n{told}");
    }
}

/// A fault is told, and in Japanese.
fn assert_told(what: &str, input: &str, run: &Run) {
    assert_japanese(what, input, run);
    assert!(run.code == 1 || run.code == 2, "{what}: exit {}\n{}{}", run.code, run.out, run.err);
    let told = format!("{}{}", run.out, run.err);
    assert!(told.chars().any(|c| ('ぁ'..='ん').contains(&c)), "{what}: {told}");
}

/// What authors may write wrong, one in each line; `\n` stands for a line break.
const FAULTY_PROSE: &str = r##"
#値(
#値("a"
#値("a" "b")
#値("a",, "b")
#値 ("a")
#"abc
#[abc
#{ let
#(1, 2
`abc
```abc
<abc
<>
@abc
@市.example.jp
*abc
_abc
**
__
$x
$ x $
$ x + y = foobar $
*/ あ
/* あ
\u{110000}
\u{zz}
\u{12
#
# あ
#1pt2
#12px
#let
#let 1 = 2
#let x
#let x = 
#let (a, b) = (1,)
#let (a, b) = 5
#let (a, a) = (1, 2)
#let (..a, ..b) = (1, 2)
#let (x: 1) = 2
#{ x = 1 }
#{ 1 = 2 }
#{ let x = 1; x.a = 2 }
#if
#if 1 { }
#if true
#if "a" [b]
#for
#for x
#for x in
#for x in 5 [a]
#for (a, b) in (1, 2) [a]
#while true [a]
#while 1 [a]
#while false
#break
#continue
#return
#{ return 1 }
#{ break }
#set
#set text(
#set text(size: 5)
#set text(size: "a")
#set text(weight: "odd")
#set text(weight: 5000)
#set text(fill: 5)
#set text(lang: "日本語")
#set text(dir: ttb)
#set text(font: "ない書体")
#set text(font: ())
#set par(leading: "a")
#set page(width: 5)
#[#set page(margin: 5pt)]
#block[#set page(margin: 5pt)]
#block[#pagebreak()]
#set 5
#set foo(1)
#set strong
#show
#show: 5
#show: x => y
#show "": []
#show regex("("): []
#show regex(""): []
#show 5: []
#show heading: it => it.foo
#show heading: it => heading[#it]
#show "あ": it => "ああ" + it\nあ
#import
#import "x"
#import "x.typ"
#import "x.typ": a
#import "/template/author.typ": ない
#import "/template/ない.typ"
#import "@preview/foo:1.0.0"
#import "@preview/foo"
#import "@"
#import "../../x.typ"
#import "a\\b.typ"
#import 5
#import "/prose/01.typ"
#include
#include "x.typ"
#include "/prose/01.typ"
#include "/report.toml"
#include 5
#read("x")
#read("/i.csv")
#read("..\\x")
#csv("x.csv")
#json("/model/report.json").foo
#json(bytes("{"))
#yaml(bytes(": :"))
#toml(bytes("a"))
#xml(bytes("<a>"))
#csv(bytes("a,b\nc"))
#cbor(bytes("a"))
#plugin("x.wasm")
#plugin(bytes("x"))
#image("x.png")
#image(bytes("x"))
#image(bytes("x"), format: "png")
#image(bytes("<svg"), format: "svg")
#image(bytes("%PDF"), format: "pdf")
#image("https://example.jp/x.png")
#image("https://example.jp/x.png", alt: "x")
#foo
#foo()
#foo.bar()
#文
#text.foo
#text.foo()
#(1).foo
#(1).foo()
#"a".foo
#"a".foo()
#"a".at(5)
#"a".first(1)
#"".first()
#"a".replace("a")
#"a".split(5)
#"あ".slice(1)
#"a".rev
#(1,).at(5)
#(1,).at("a")
#().first()
#(1, 2).map(5)
#(1, 2).map(() => 1)
#(1, 2).map((a, b) => 1)
#(1, "a").sorted()
#(1, "a").sum()
#(1, 2).join(5)
#(1, 2).zip(5)
#(a: 1).b
#(a: 1).at("b")
#(a: 1, a: 2)
#(a: 1, 2)
#(:).first()
#(1 + "a")
#(1 + [a])
#(1 - "a")
#("a" - "b")
#(1 * "a" * "b")
#("a" * -1)
#(1 / 0)
#(1 / "a")
#(1pt / 0pt)
#(1pt + 1)
#(1pt + 1deg)
#(1pt * 1pt)
#(-"a")
#(+[a])
#(not 1)
#(1 and 2)
#("a" or true)
#(1 < "a")
#([a] < [b])
#(1 in 2)
#(1 not in 2)
#(1 = 2)
#(1 === 2)
#(1 != = 2)
#(a && b)
#(a || b)
#(!true)
#(1 ~= 2)
#(9223372036854775807 + 1)
#99999999999999999999
#0xzz
#1e999
#int("a")
#int("99999999999999999999")
#int("z", base: 40)
#float("a")
#decimal("a")
#str(5, base: 99)
#str([a])
#calc.sqrt(-1)
#calc.log(0)
#calc.pow(0, 0)
#calc.pow(2, 9999)
#calc.rem(5, 0)
#calc.quo(5, 0)
#calc.fact(-1)
#calc.root(5, 0)
#calc.acos(5)
#calc.min()
#calc.max("a", 1)
#calc.clamp(1, 3, 2)
#calc.foo(1)
#range(5, step: 0)
#range("a")
#datetime(year: 2026, month: 13, day: 1)
#datetime(year: 2026)
#datetime(hour: 99, minute: 1, second: 1)
#datetime(year: 2026, month: 1, day: 1).display("[foo]")
#datetime(year: 2026, month: 1, day: 1).display("[year")
#datetime.today().foo
#rgb("zz")
#rgb(1, 2)
#rgb(300, 0, 0)
#rgb("#12345")
#luma("a")
#cmyk(1%, 2%)
#color.mix()
#color.foo
#gradient.linear(red)
#gradient.linear()
#tiling(size: (0pt, 0pt))[a]
#stroke("a")
#text(5)
#text()
#text[a](5)
#text(size: 1pt, size: 2pt)[a]
#text(foo: 1)[a]
#text("a", "b", "c")
#align(foo)[a]
#align(left + left)[a]
#align(left + right)[a]
#align("left")[a]
#box(width: "a")[a]
#box(foo: 1)
#block(width: 5)[a]
#block(breakable: 5)[a]
#pad(5)[a]
#pad(x: "a")[a]
#h()
#h("a")
#v(5)
#place(left + 5)[a]
#place(top, float: false, scope: "parent")[a]
#place(auto)[a]
#rotate("a")[a]
#scale(x: "a")[a]
#stack(spacing: "a")
#columns("a")[a]
#columns(0)[a]
#colbreak(5)
#grid(columns: "a")
#grid(columns: 0)
#grid(5)
#grid(table.cell[a])
#table(grid.cell[a])
#table(columns: 2, table.cell(x: 5)[a])
#table(columns: 2, table.cell(colspan: 3)[a])
#table(columns: 2, table.cell(x: 0, y: 0)[a], table.cell(x: 0, y: 0)[b])
#table(columns: 2, table.cell(colspan: 0)[a])
#table(columns: 2, table.header[a], table.header[b], table.footer[c], table.footer[d])
#table(columns: 2, [a], table.footer[b], [c])
#table(columns: 2, table.hline(y: 99), [a])
#table(columns: 2, table.vline(x: 99), [a])
#table(columns: 2, stroke: "a", [a])
#table(columns: 2, align: 5, [a])
#table(columns: -1, [a])
#list(5)
#list(marker: ())[a]
#enum(numbering: 5)[a]
#enum(numbering: "")[a]
#enum(numbering: "あ")[a]
#enum(start: "a")[a]
#terms([a])
#heading(level: 0)[a]
#heading(level: "a")[a]
#heading()
#figure()
#figure(5)
#figure([a], kind: 5)
#figure([a], kind: "x", supplement: auto, caption: [b])
#figure([a], numbering: 5)
#figure([a], caption: [b]) <同> #figure([a], caption: [b]) <同> @同
= 見出し <見> \n\n@見
#ref(5)
#ref(<無>)
#link()
#link("")
#link("a")
#link(5)[a]
#link(<無>)[a]
#footnote()
#footnote(<無>)
#footnote(5)
#cite(<無>)
#cite("a")
#bibliography("x.bib")
#bibliography(bytes("@"))
#outline(target: 5)
#outline(title: 5, depth: "a")
#counter(5)
#counter(heading).foo
#counter(heading).get()
#counter(heading).display("あい", 5)
#counter(heading).update("a")
#context counter(heading).at(<無>)
#context query(5)
#context query(<無>).first()
#context locate(<無>)
#context locate(heading)
#query(heading)
#here()
#locate(<a>)
#state("a").get()
#state(5)
#measure([a])
#layout(5)
#metadata()
#numbering("1")
#numbering(5, 1)
#numbering("x", 1)
#numbering("一", -1)
#numbering("I", 99999999)
#lorem()
#lorem("a")
#repeat(5)
#quote(attribution: 5)
#raw()
#raw(5)
#raw("a", lang: 5)
#raw("a", theme: "x.tmTheme")
#raw("a", syntaxes: "x.yaml")
#sub()
#underline(stroke: "a")[a]
#highlight(fill: 5)[a]
#smartquote(quotes: "a")
#smartquote(quotes: 5)
#upper(5)
#lower()
#label("")
#label(5)
#regex("(")
#regex("[")
#regex(5)
#symbol()
#symbol("ab")
#sym.foo
#sym.arrow.foo
#emoji.foo
#selector(5)
#selector("")
#type(1, 2)
#repr()
#panic()
#panic("止めた")
#panic("a", 5)
#assert(false)
#assert(5)
#assert(false, message: "だめ")
#assert.eq(1, 2)
#assert.eq(1, 2, message: "違う")
#assert.ne(1, 1)
#eval("1 +")
#eval("(")
#eval(5)
#eval("foo")
#version("a")
#version(-1)
#bytes("a").at(5)
#bytes(300)
#bytes((300,))
#arguments().foo
#(..5)
#(..(a: 1))
#(1, ..(a: 1))
#text(..5)
#text(..("a", "b"))
#(x => x)()
#(x => x)(1, 2)
#((x, x) => x)
#((..a, ..b) => a)
#((x: 1) => x)(y: 2)
#let f(x) = f(x)\n#f(1)
#let f() = f\n#f().g
#{ let x = none; x.foo }
#{ let x = auto; x() }
#none()
#true()
#5()
#"a"()
#[a]()
#()()
#none.foo
#(none + 1)
#(auto + 1)
#([a] + 1)
#[a].foo
#[a].foo()
#[a].at("foo")
#[a].fields().foo
#heading[a].level.foo
#std.foo
#sys.foo
#math.foo
#math.equation(5)
#math.frac(1)
#pdf.foo
#pdf.attach("x")
#pdf.attach("x", bytes("a"))
#pdf.artifact(kind: 5)[a]
#pdf.header-cell()
#html.elem("a")
#line(length: "a")
#line(start: 5)
#line(length: 100% + "a")
#rect(width: "a")
#rect(radius: "a")
#circle(radius: 5)
#circle(radius: 5pt, width: 5pt)
#square(size: 5pt, width: 6pt)
#ellipse(foo: 1)
#polygon((1, 2))
#polygon(5)
#polygon.regular(vertices: 0)
#curve(5)
#curve(curve.line((1, 2)))
#path(5)
#move(dx: "a")[a]
#skew(ax: 5)[a]
#hide()
#hide(5)
#par(5)
#par(justify: 5)[a]
#parbreak(5)
#linebreak(justify: "a")
#document(title: 5)
#set document(title: 5)
#block[#set document(title: "a")]
#set document(date: "a")
#title()
#strong()
#strong(delta: "a")[a]
#emph(5, 6)
#値()
#値(人口, "R7")
#値("人口", "R9")
#値("人口", 7)
#値("人口", "R7", 形: 5)
#値("人工", "R7")
#指標表()
#指標表(5)
#指標表("無")
#図("9")
#図()
#図並び("1", "2")
#取組(99)[a]
#取組("a")[a]
#取組()
#項目[a]
#項目(5)[a]
#項目("a", "b", "c")
#総括項目[a]
#注()
#注(5)
#注("a", "b")
#資料()
#主張()
#主張(達成("人口"))
#主張(達成("無"))[a]
#主張(達成(5), "R7")[a]
#主張(かつ())[a]
#主張(5)[a]
#主張(増加("人口", "R6", "R7"))[a]
#定数("無")
#割合("人口")
#順位("人口")
#実施状況の集計(年度: 5)
#実施状況の一覧(5)
【図99】
(#値("人口", "R7")
]
#]
#)
#}
}
#{ ] }
#[ } ]
#(]
#let f(x) = {\n#f(1)
"##;

#[test]
fn the_faults_of_prose_are_told_in_japanese() {
    let desk = Desk::with(&report(""));
    for line in FAULTY_PROSE.lines().filter(|line| !line.is_empty()) {
        let prose = line.replace("\\n", "\n");
        let text = format!("#import \"/template/author.typ\": *\n\n{prose}\n");
        desk.put("r/prose/01.typ", &text);
        let run = desk.run(&["build", "r", "-o", "a.pdf"]);
        assert_japanese(line, &text, &run);
        assert!(run.code < 2, "{line}: exit {}\n{}", run.code, run.err);
    }
}

#[test]
fn the_faults_of_the_writing_of_toml_are_told_in_japanese() {
    let desk = Desk::with(&report(""));
    for fault in [
        "a",
        "a =",
        "= 1",
        "a = b",
        "a = 1 2",
        "a == 1",
        "a = \"",
        "a = \"x",
        "a = 'x",
        "a = \"\"\"x",
        "a = '''x",
        "a = \"\\q\"",
        "a = \"\\u12\"",
        "a = \"\\uD800\"",
        "a = \"\\U00110000\"",
        "a = [1",
        "a = [1 2]",
        "a = [,]",
        "a = [1,,2]",
        "a = {",
        "a = {b}",
        "a = {b = 1",
        "a = {b = 1 c = 2}",
        "a = {b = 1,, c = 2}",
        "[",
        "[a",
        "[a]]",
        "[[a]",
        "[[a",
        "[]",
        "[[]]",
        "[a.]",
        "[.a]",
        "[a..b]",
        "[a] b",
        "a.b. = 1",
        ".a = 1",
        "a = 1\na = 2",
        "[a]\n[a]",
        "[a]\n[[a]]",
        "[[a]]\n[a]",
        "a = 1\n[a]\nb = 2",
        "a.b = 1\na.b.c = 2",
        "a = 01",
        "a = 1_",
        "a = _1",
        "a = 1__2",
        "a = 0x",
        "a = 0xzz",
        "a = 0o9",
        "a = 0b2",
        "a = +0x1",
        "a = 1.",
        "a = .1",
        "a = 1.e5",
        "a = 1e",
        "a = 1e5.5",
        "a = ++1",
        "a = 99999999999999999999",
        "a = 2026-13-01",
        "a = 2026-02-30",
        "a = 2026-1-1",
        "a = 25:00:00",
        "a = 2026-07-16T",
        "a = 2026-07-16T25:00:00Z",
        "a = tru",
        "a = True",
        "a = nul",
        "a = inf2",
        "a = \u{201c}x\u{201d}",
        "\u{ff41} = 1",
        "キー = 1",
        "a = \"x\ny\"",
        "a = 'x\ny'",
        "a = \"\u{7}\"",
        "# \u{7}",
        "a = 1 # \u{0}",
        "a\rb",
        "a = \"\"\"\"\"\"\"",
        "\"a = 1",
        "'a = 1",
        "\"\"\"a\"\"\" = 1",
        "a = [\n1\n",
        "a = {\nb = 1\n}",
        "a = 1,",
        "a: 1",
        "a := 1",
        "- a",
        "{ \"a\": 1 }",
        "<a>",
        "a = <b>",
        "a = $b",
        "a = (1)",
        "a = 1;",
        "a = 'x'y",
        "a = \"x\"\"y\"",
        "a = 5円",
        "a = ５",
        "title = 点検",
        "date = 2026/07/16",
        "date = 令和8年",
    ] {
        let text = format!("{MANIFEST}\n{fault}\n");
        desk.put("r/report.toml", &text);
        assert_told(fault, &text, &desk.run(&["check", "r"]));
        desk.put("r/report.toml", format!("{fault}\n{MANIFEST}"));
        assert_japanese(fault, &text, &desk.run(&["check", "r"]));
    }
    desk.put("r/report.toml", format!("{MANIFEST}a = {}1{}\n", "[".repeat(9999), "]".repeat(9999)));
    assert_told("deep", "", &desk.run(&["check", "r"]));
    desk.put("r/report.toml", b"\xff\xfe\x00");
    assert_told("bytes", "", &desk.run(&["check", "r"]));
}

#[test]
fn wrong_values_and_keys_of_report_toml_are_told_in_japanese() {
    let desk = Desk::with(&report(""));
    let values = [
        "5",
        "-5",
        "1.5",
        "true",
        "\"\"",
        "\"x\"",
        "[]",
        "[5]",
        "{}",
        "{ a = 1 }",
        "2026-07-16",
        "nan",
    ];
    let keys: Vec<(usize, &str)> =
        MANIFEST.lines().enumerate().filter(|(_, line)| line.contains(" = ")).collect();
    for (index, line) in keys {
        let key = line.split(" = ").next().unwrap();
        for replaced in values.iter().map(|value| format!("{key} = {value}")).chain([
            String::new(),
            format!("{key}x = 1"),
            format!("{line}\nodd = 1"),
        ]) {
            let lines: Vec<String> = MANIFEST
                .lines()
                .enumerate()
                .map(|(at, line)| if at == index { replaced.clone() } else { line.to_owned() })
                .collect();
            let text = lines.join("\n");
            desk.put("r/report.toml", &text);
            let run = desk.run(&["build", "r", "-o", "a.pdf"]);
            assert_japanese(&replaced, &text, &run);
            assert!(run.code < 2, "{replaced}: {}", run.err);
        }
    }
}

#[test]
fn broken_files_are_told_in_japanese() {
    let hostile: [(&str, &[u8]); 12] = [
        ("empty", b""),
        ("zero", &[0; 64]),
        ("high", &[0xff; 64]),
        ("zip", b"PK\x03\x04"),
        ("no entries", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
        ("old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more"),
        ("pdf", b"%PDF-1.7\n"),
        ("pdf end", b"%PDF-1.7\nxref\n0 1\ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF"),
        ("quote", b"a,\"b\nc"),
        ("html", b"<html><body>404 Not Found here</body></html>"),
        ("utf-16", b"\xff\xfea\0,"),
        ("words", "表,ではない\n\n,,,\n".as_bytes()),
    ];
    for (what, bytes) in hostile {
        let input = String::from_utf8_lossy(bytes).into_owned();
        let mut files = report("#指標表(\"人口\")");
        files.insert("i.csv".into(), bytes.to_vec());
        assert_told(what, &input, &Desk::with(&files).run(&["check", "r"]));
        let mut files = report("#指標表(\"人口\")");
        files.insert("i.xlsx".into(), bytes.to_vec());
        files.insert("report.toml".into(), MANIFEST.replace("i.csv", "i.xlsx").into_bytes());
        assert_told(what, &input, &Desk::with(&files).run(&["check", "r"]));
        let mut files = report("");
        files.insert("prose/01.typ".into(), bytes.to_vec());
        assert_japanese(what, &input, &Desk::with(&files).run(&["build", "r", "-o", "a.pdf"]));
        let desk = Desk::with(&report(""));
        desk.put("a.pdf", bytes);
        for args in [&["render", "a.pdf"][..], &["diff", "a.pdf", "r"], &["diff", "a.pdf", "a.pdf"]]
        {
            assert_japanese(&format!("{what} {args:?}"), &input, &desk.run(args));
        }
    }
}

#[cfg(unix)]
#[test]
fn what_the_disk_refuses_is_told_in_japanese() {
    use std::os::unix::fs::symlink;
    type Spoil = fn(&Desk);
    let spoil: [(&str, Spoil); 9] = [
        ("a folder for the manifest", |desk| {
            std::fs::remove_file(desk.at("r/report.toml")).unwrap();
            std::fs::create_dir(desk.at("r/report.toml")).unwrap();
        }),
        ("a folder for a table", |desk| {
            std::fs::remove_file(desk.at("r/i.csv")).unwrap();
            std::fs::create_dir(desk.at("r/i.csv")).unwrap();
        }),
        ("a folder for the prose", |desk| {
            std::fs::remove_file(desk.at("r/prose/01.typ")).unwrap();
            std::fs::create_dir(desk.at("r/prose/01.typ")).unwrap();
        }),
        ("no manifest", |desk| std::fs::remove_file(desk.at("r/report.toml")).unwrap()),
        ("no table", |desk| std::fs::remove_file(desk.at("r/i.csv")).unwrap()),
        ("no prose", |desk| std::fs::remove_dir_all(desk.at("r/prose")).unwrap()),
        ("a link to nothing", |desk| {
            std::fs::remove_file(desk.at("r/i.csv")).unwrap();
            symlink("nothing", desk.at("r/i.csv")).unwrap();
        }),
        ("a link to itself", |desk| {
            std::fs::remove_file(desk.at("r/i.csv")).unwrap();
            symlink("i.csv", desk.at("r/i.csv")).unwrap();
        }),
        ("a file for the folder", |desk| {
            std::fs::remove_dir_all(desk.at("r")).unwrap();
            desk.put("r", "x");
        }),
    ];
    for (what, spoil) in spoil {
        let desk = Desk::with(&report(""));
        spoil(&desk);
        for args in [&["check", "r"][..], &["build", "r", "-o", "a.pdf"]] {
            assert_told(&format!("{what} {args:?}"), "", &desk.run(args));
        }
        assert_japanese(what, "", &desk.run(&["diff", "r", "r"]));
    }
    let desk = Desk::with(&report("本文"));
    desk.put("file", "x");
    std::fs::create_dir(desk.at("folder.pdf")).unwrap();
    let long = format!("{}.pdf", "x".repeat(300));
    for output in [
        "file/a.pdf",
        "folder.pdf",
        "/dev/full",
        "/proc/a.pdf",
        "a",
        "",
        &long,
        "no/such/\u{7}.pdf",
    ] {
        assert_japanese(output, "", &desk.run(&["build", "r", "-o", output]));
        assert_japanese(output, "", &desk.run(&["render", "r", "-o", output]));
        assert_japanese(output, "", &desk.run(&["new", output]));
        assert_japanese(output, "", &desk.run(&["archive", "add", "r", "--store", output]));
    }
}

#[test]
fn wrong_arguments_are_told_in_japanese() {
    let desk = Desk::with(&report("本文"));
    let commands = [
        "",
        "new",
        "build",
        "watch",
        "check",
        "diff",
        "archive",
        "archive add",
        "archive verify",
        "archive show",
        "archive list",
        "archive restore",
        "archive export",
        "archive sign",
        "archive keygen",
        "render",
        "fonts",
        "explain",
        "completions",
    ];
    let wrong = [
        "--odd",
        "-x",
        "--odd=1",
        "a b c d e f",
        "--color",
        "--color odd",
        "--color=",
        "--time-limit",
        "--time-limit x",
        "--time-limit=",
        "--output",
        "-o",
        "--format",
        "--format odd",
        "--dpi x",
        "--dpi -5",
        "--sheet 99",
        "--pages x",
        "--standard odd",
        "--profile odd",
        "--template",
        "--color auto --color never",
        "--help=5",
        "--version=5",
        "-V5",
        "--font-path nothing",
        "--",
        "-",
        "--time-limit 5 --time-limit 6",
    ];
    for command in commands.iter().filter(|command| **command != "watch") {
        for wrong in wrong {
            let args: Vec<&str> =
                command.split(' ').chain(wrong.split(' ')).filter(|it| !it.is_empty()).collect();
            let run = desk.run(&args);
            assert_japanese(&args.join(" "), &args.join(" "), &run);
            assert!(run.code <= 2, "{args:?}: {}", run.err);
        }
    }
}
