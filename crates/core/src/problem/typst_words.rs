//! Typst's English diagnostics in the words of the people who write the prose.

/// Messages that stand alone.
const WHOLE: [(&str, &str); 23] = [
    ("unclosed delimiter", "括弧が閉じられていません"),
    ("unclosed string", "文字列の \" が閉じられていません"),
    ("unclosed raw text", "` が閉じられていません"),
    ("unexpected end of block comment", "コメントの終わり */ に対応する /* がありません"),
    ("expected expression", "# のあとに呼び出しの名前がありません"),
    ("expected argument list", "呼び出しの（）がありません"),
    ("expected comma", "引数の間にコンマ（,）がありません"),
    ("expected comma or semicolon", "引数の間にコンマ（,）がありません"),
    ("expected semicolon or line break", "呼び出しのあとに ; か改行が要ります"),
    ("file is not valid utf-8", "文字コードがUTF-8ではありません"),
    ("failed to load file (access denied)", "このファイルは読めません"),
    ("no text within stars", "太字の * と * の間に文字がありません"),
    ("no text within underscores", "_ と _ の間に文字がありません"),
    ("cannot access file system from here", "ここからファイルは読めません"),
    ("path must not contain a backslash", "ファイルの名前の区切りは \\ ではなく / です"),
    ("cyclic import", "ファイルが互いに読み込み合っています"),
    ("condition is always true", "繰返しが終わりません"),
    ("loop seems to be infinite", "繰返しが終わりません"),
    (
        "maximum function call depth exceeded",
        "関数の呼び出しが深すぎます。自分を呼び続けていないか確かめてください",
    ),
    ("maximum show rule depth exceeded", "show の規則が深すぎます"),
    ("maximum grouping depth exceeded", "show の規則か枠の入れ子が深すぎます"),
    ("maximum layout depth exceeded", "枠などの入れ子が深すぎます"),
    ("maximum parsing depth exceeded", "括弧などの入れ子が深すぎます"),
];

/// Messages that name something: the beginning, and the Japanese around the rest.
const NAMED: [(&str, &str, &str); 12] = [
    ("unknown font family: ", "書体「", "」は使えません"),
    ("unknown variable: ", "「", "」という名前はありません"),
    ("unclosed label", "< で始まるラベルが閉じられていません", ""),
    ("unexpected argument: ", "引数「", "」は使えません"),
    ("unexpected argument", "余分な引数があります", ""),
    ("missing argument: ", "引数「", "」が足りません"),
    ("failed to load linked image ", "SVGの画像の中から、ほかのファイルは読めません", ""),
    ("label `", "参照先のラベルがありません（", ""),
    ("the character ", "使えない文字です（", "）"),
    ("unexpected ", "ここに置けない記号です（", "）"),
    ("expected ", "書き方が正しくありません（必要なもの: ", "）"),
    ("assertion failed: ", "", ""),
];

/// Messages around a name: what stands before and behind it, and the Japanese for both.
const AROUND: [(&str, &str, &str, &str); 3] = [
    (
        "file not found (searched at ",
        ")",
        "「",
        "」は読めません。読めるのは、テンプレートのファイルと、データとして渡すファイルだけです",
    ),
    (
        "path `\"",
        "\"` would escape the project root",
        "「",
        "」は外のファイルを指しています。外のファイルは読めません",
    ),
    (
        "package not found (searched for ",
        ")",
        "パッケージ「",
        "」は使えません。ネットワークからも、ほかのフォルダーからも読みません",
    ),
];

/// The Japanese for a message of Typst.
///
/// Messages of the templates are Japanese already and stay as they are; what is not known
/// here keeps Typst's own words, so that nothing is lost.
pub fn typst_message(message: &str) -> String {
    let message = message.trim();
    if let Some((_, words)) = WHOLE.iter().find(|(known, _)| *known == message) {
        return (*words).to_owned();
    }
    let around = AROUND.iter().find_map(|(prefix, suffix, before, after)| {
        let name = message.strip_prefix(prefix)?.strip_suffix(suffix)?;
        Some(format!("{before}{name}{after}"))
    });
    if let Some(words) = around {
        return words;
    }
    let named = NAMED.iter().find_map(|(known, before, after)| {
        message.strip_prefix(known).map(|rest| match (*before, *after) {
            (fixed, "") if !fixed.is_empty() && !fixed.ends_with('（') => fixed.to_owned(),
            (before, "") if !before.is_empty() => format!("{before}{known}{rest}）"),
            (before, after) => format!("{before}{rest}{after}"),
        })
    });
    match named {
        Some(words) => words,
        None if message.is_ascii() => format!("Typstとして組めません（{message}）"),
        None => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::typst_message;

    #[test]
    fn known_messages_are_said_in_japanese() {
        assert_eq!(typst_message("unclosed delimiter"), "括弧が閉じられていません");
        assert_eq!(typst_message("unknown variable: 価"), "「価」という名前はありません");
        assert_eq!(typst_message("unclosed label"), "< で始まるラベルが閉じられていません");
        assert_eq!(typst_message("assertion failed: 図「x」はありません"), "図「x」はありません");
    }

    #[test]
    fn what_is_not_known_keeps_its_words() {
        assert_eq!(typst_message("something odd"), "Typstとして組めません（something odd）");
    }
}
