//! Typst's English diagnostics in the words of the people who write the prose.

/// Messages with `{}` for what changes, and the Japanese: `{}` or `{0}`, `{1}`, … for the same. The
/// first that fits counts.
const MESSAGES: [(&str, &str); 263] = [
    ("`{}` is not valid in code", "「{}」は、# の後や { } の中では使えません"),
    ("invalid number suffix: {}", "数に付けた単位が違います（{}）"),
    ("a gradient must have at least two stops", "色の移り変わりに、色が2つ以上要ります"),
    ("byte index out of bounds{}", "並びにその番号のものはありません"),
    ("no default value was specified and {} index out of bounds{}", "その番号のものはありません"),
    ("array must contain at least one {}", "並びに何もありません"),
    ("base must be between {} and {}", "進数が{0}から{1}までではありません"),
    ("cannot access fields on {}", "{}には、. で引ける項目がありません"),
    ("cannot add two {} alignments", "同じ向きの揃えは足せません"),
    ("cannot add {} alignment{}", "この揃えは足せません"),
    ("cannot apply {} to {} and {}", "{0} は{1}と{2}に使えません"),
    ("cannot have more than one footer", "表の終わりの行（footer）は1つだけです"),
    ("cannot take {}", "計算の結果が実数ではありません"),
    ("color string {}", "色の書き方が違います（\"#2f4156\" のように書きます）"),
    ("max must be greater than or equal to min", "最大が最小より小さくなっています"),
    ("missing closing bracket {}", "[ ] が閉じられていません"),
    ("month is invalid", "その月はありません"),
    ("day is invalid", "その日はありません"),
    ("number must be {}", "数がその範囲にありません"),
    ("please specify the figure's supplement", "図の呼び方（supplement）がありません"),
    ("sum of weights must be positive", "混ぜる色がありません"),
    ("text selector is empty", "探す文字がありません"),
    ("{} does not have field \"{}\"{}", "「{1}」という項目はありません"),
    ("the result is too large", "計算の結果が大きすぎます"),
    ("value is too {}", "値が大きすぎるか小さすぎます"),
    ("zero to the power of zero is undefined", "0の0乗は決まりません"),
    ("expected two or three letter language code{}", "言語は \"ja\" のような2字か3字で書きます"),
    ("document contains an attached file", "この規格のPDFには、ファイルを入れられません"),
    ("the file {} is missing", "入れたファイルの説明か種類がありません"),
    ("tile size must be {}", "模様の大きさがありません"),
    ("unclosed delimiter", "括弧が閉じられていません"),
    ("unclosed string", "文字列の \" が閉じられていません"),
    ("unclosed raw text", "` が閉じられていません"),
    ("unclosed label", "< で始まるラベルが閉じられていません"),
    ("label cannot be empty", "< > の中にラベルの名前がありません"),
    ("label name must not be empty", "ラベルの名前がありません"),
    ("unclosed Unicode escape sequence", "\\u{ } が閉じられていません"),
    ("invalid Unicode codepoint: {}", "その番号の文字はありません（{}）"),
    ("unexpected end of block comment", "コメントの終わり */ に対応する /* がありません"),
    ("expected expression", "# のあとに呼び出しの名前がありません"),
    ("expected argument list", "呼び出しの（）がありません"),
    ("expected comma", "引数の間にコンマ（,）がありません"),
    ("expected comma or semicolon", "引数の間にコンマ（,）がありません"),
    ("expected semicolon or line break", "呼び出しのあとに ; か改行が要ります"),
    ("expected block", "続きの { } か [ ] がありません"),
    ("expected identifier", "名前がありません"),
    ("expected pattern", "受け取る名前がありません"),
    ("expected keyword `in`", "for の中に in がありません"),
    ("expected named or keyed pair", "「名前: 値」の形ではありません"),
    ("expected exactly one character", "ちょうど1文字ではありません"),
    ("expected at least one value", "値が1つもありません"),
    ("expected at least one variant", "形が1つもありません"),
    ("expected pairs of length 2, found length {}", "2つずつの組ではありません（{}個）"),
    ("only one argument sink is allowed", "残りの引数を受ける .. は1つだけです"),
    ("only one destructuring sink is allowed", "残りを受ける .. は1つだけです"),
    ("a length needs a unit - did you mean {}?", "長さに単位がありません（{} のように書きます）"),
    ("a length needs a unit{}", "長さに単位がありません（12pt のように書きます）"),
    ("duplicate argument: {}", "引数「{}」が2回あります"),
    ("duplicate key: {}", "名前「{}」が2回あります"),
    ("duplicate {}: {}", "名前「{1}」が2回あります"),
    ("file is not valid utf-8", "文字コードがUTF-8ではありません"),
    ("file is not valid UTF-8", "文字コードがUTF-8ではありません"),
    ("failed to load file (access denied)", "このファイルは読めません"),
    ("failed to load file (is a directory)", "ファイルではなく、フォルダーです"),
    ("failed to load file{}", "このファイルは読めません"),
    ("not a Typst source file", "文章のファイル（.typ）ではありません"),
    ("failed to load linked image {}", "SVGの画像の中から、ほかのファイルは読めません"),
    (
        "file not found (searched at {})",
        "「{}」は読めません。読めるのは、テンプレートのファイルと、データとして渡すファイルだけです",
    ),
    (
        "path `\"{}\"` would escape {}",
        "「{0}」は外のファイルを指しています。外のファイルは読めません",
    ),
    ("cannot access files outside of {}", "外のファイルは読めません"),
    ("cannot access file system from here", "ここからファイルは読めません"),
    ("path must not contain a backslash", "ファイルの名前の区切りは \\ ではなく / です"),
    ("path must have at least one component", "ファイルの名前がありません"),
    ("absolute paths are not allowed", "/ で始まるファイルの名前は使えません"),
    ("URLs are not allowed", "URLは使えません"),
    ("URL must not be empty", "URLがありません"),
    ("URL is too long", "URLが長すぎます"),
    ("network access is not supported", "ネットワークからは読みません"),
    (
        "package not found (searched for {})",
        "パッケージ「{}」は使えません。ネットワークからも、ほかのフォルダーからも読みません",
    ),
    (
        "failed to {} package{}",
        "パッケージは使えません。ネットワークからも、ほかのフォルダーからも読みません",
    ),
    (
        "package manifest is malformed{}",
        "パッケージは使えません。ネットワークからも、ほかのフォルダーからも読みません",
    ),
    (
        "invalid package specification{}",
        "パッケージの名前の書き方が違います。パッケージは使えません",
    ),
    (
        "package specification is missing {}",
        "パッケージの名前の書き方が違います。パッケージは使えません",
    ),
    (
        "`{}` is not a valid package {}",
        "パッケージの名前の書き方が違います。パッケージは使えません",
    ),
    (
        "`{}` is not a valid {} version{}",
        "パッケージの版の書き方が違います。パッケージは使えません",
    ),
    ("unresolved import", "読み込む名前が、そのファイルにありません"),
    ("cyclic import", "ファイルが互いに読み込み合っています"),
    ("cannot import {}", "ここからは読み込めません"),
    ("dynamic import requires an explicit name", "読み込むときの名前（as 名前）がありません"),
    (
        "module name would not be a valid identifier",
        "ファイルの名前が、呼び出しの名前になりません（as 名前 を付けます）",
    ),
    ("module `{}` does not contain `{}`", "「{0}」に「{1}」はありません"),
    ("module does not contain `{}`", "「{}」はありません"),
    ("failed to parse {}", "データの書き方が正しくありません"),
    ("failed to encode value as {} ({})", "この値は {0} に書き出せません"),
    ("failed to decode image{}", "画像として読めません"),
    ("failed to parse SVG{}", "SVGの画像として読めません"),
    ("unknown image format", "画像の形式が分かりません"),
    ("the PDF {}", "PDFとして読めません"),
    ("format not yet supported", "この形式は使えません"),
    ("no text within stars", "太字の * と * の間に文字がありません"),
    ("no text within underscores", "_ と _ の間に文字がありません"),
    ("condition is always true", "繰返しが終わりません"),
    ("condition is always false", "条件がいつも成り立ちません"),
    ("loop seems to be infinite", "繰返しが終わりません"),
    (
        "maximum function call depth exceeded",
        "関数の呼び出しが深すぎます。自分を呼び続けていないか確かめてください",
    ),
    ("maximum show rule depth exceeded", "show の規則が深すぎます"),
    ("maximum grouping depth exceeded", "show の規則か枠の入れ子が深すぎます"),
    ("maximum layout depth exceeded", "枠などの入れ子が深すぎます"),
    ("maximum parsing depth exceeded", "括弧などの入れ子が深すぎます"),
    ("unknown font family: {}", "書体「{}」は使えません"),
    (
        "no font could be found",
        "数式の書体がありません。$ は数式の始まりと終わりになります。文字として書くときは \\$ とします",
    ),
    (
        "current font is not designed for math",
        "数式の書体ではありません。$ は数式の始まりと終わりになります。文字として書くときは \\$ とします",
    ),
    ("font fallback list must not be empty", "書体の名前がありません"),
    ("unknown variable: {}", "「{}」という名前はありません"),
    ("cannot mutate a constant: {}", "「{}」は書き換えられません"),
    ("cannot mutate {}", "ここでは書き換えられません"),
    ("cannot assign to this expression", "= の左に、書き換えられる名前がありません"),
    ("unexpected argument: {}", "引数「{}」は使えません"),
    ("unexpected argument", "余分な引数があります"),
    ("missing argument: {}", "引数「{}」が足りません"),
    ("the argument `{}` is positional", "引数「{}」は、名前を付けずに書きます"),
    ("not enough arguments", "引数が足りません"),
    ("the {} argument", "その引数は使えません"),
    (
        "label `{}` does not exist in the document",
        "参照先「{}」がありません。@ を文字として書くときは \\@ とします",
    ),
    ("label `{}` occurs multiple times in the document", "ラベル「{}」が2か所以上にあります"),
    ("label `{}` is not attached to anything", "ラベル「{}」の付く先がありません"),
    ("label `{}`{}", "参照先のラベル「{0}」を使えません"),
    ("cannot reference {} without numbering", "番号のないものは参照できません"),
    ("cannot reference {}", "ここでは参照できません"),
    ("citation{}", "引用の参照先がありません"),
    ("key `{}` does not exist in the bibliography", "文献「{}」がありません"),
    (
        "the document does not contain a bibliography",
        "文献の一覧がないので、引用できません。@ を文字として書くときは \\@ とします",
    ),
    ("the character {}", "使えない文字です（{}）"),
    ("the text {} could not be displayed with {}", "使えない文字です（{0}）"),
    ("unexpected {}", "ここに{}は置けません"),
    ("panicked with: {}", "{}"),
    ("panicked", "プログラムの決めた誤りです"),
    ("assertion failed: {}", "{}"),
    ("assertion failed", "満たすべき条件が成り立ちません"),
    ("equality assertion failed: value {} was not equal to {}", "{0} と {1} は等しくありません"),
    ("equality assertion failed: {}", "{}"),
    ("inequality assertion failed: value {} was equal to {}", "{0} と {1} が等しくなっています"),
    ("inequality assertion failed: {}", "{}"),
    ("{} is only allowed directly in code and content blocks", "{}は、文か { } の中に直接書きます"),
    ("`{}` is not a function", "「{}」は呼び出せません"),
    ("`{}` is not a valid method for {} `{}`", "「{0}」という使い方はありません"),
    (
        "`{}` is not available directly in math, but is in the standard library",
        "「{}」は、数式の中ではそのまま使えません",
    ),
    ("symbol {} is not callable", "「{}」は呼び出せません"),
    ("type {} has no method `{}`", "{0}に「{1}」という使い方はありません"),
    ("{} has no method `{}`", "「{1}」という使い方はありません"),
    ("type {} does not contain field `{}`", "{0}に「{1}」はありません"),
    ("function `{}` does not contain field `{}`", "「{0}」に「{1}」はありません"),
    ("function does not contain field `{}`", "「{}」はありません"),
    ("{} does not have accessible fields", "{}には、. で引ける項目がありません"),
    ("{} does not have field {}", "「{1}」という項目はありません"),
    ("fields on {} are not yet mutable", "{}の項目は書き換えられません"),
    ("field {} is not known at this point", "「{}」は、ここではまだ決まっていません"),
    ("dictionary does not contain key {}", "「{}」という項目はありません"),
    ("{} does not contain key {}", "「{1}」という項目はありません"),
    ("unknown symbol modifier", "その記号の形はありません"),
    ("array index out of bounds{}", "並びにその番号のものはありません"),
    ("string index out of bounds{}", "文字列にその位置はありません"),
    ("string index {} is not a character boundary", "文字列のその位置では切れません"),
    ("array is empty", "並びに何もありません"),
    ("string is empty", "文字列に何もありません"),
    ("cannot destructure {}", "分けて受け取れません"),
    ("too many elements to destructure", "受け取る名前より、値が多くあります"),
    ("not enough elements to destructure", "受け取る名前より、値が少なくなっています"),
    ("cannot join {} with {}", "{0}と{1}を続けて置けません"),
    ("cannot add {} and {}", "{0}と{1}は足せません"),
    ("cannot add {} to {}", "{0}を{1}には足せません"),
    ("cannot subtract {} from {}", "{1}から{0}は引けません"),
    ("cannot multiply {} with {}", "{0}と{1}は掛けられません"),
    ("cannot divide by zero", "0で割っています"),
    ("divisor must not be zero", "0で割っています"),
    ("cannot divide {} by {}", "{0}は{1}で割れません"),
    ("cannot apply {} to {}", "{0} は{1}に使えません"),
    ("cannot compare {} and {}", "{0}と{1}は比べられません"),
    ("cannot compare {} with {}", "{0}と{1}は比べられません"),
    ("cannot loop over {}", "{}は1つずつ取り出せません"),
    ("cannot spread {}", "ここには .. で広げられません"),
    ("cannot repeat this {} times", "この回数は繰り返せません"),
    ("cannot convert {} to {}", "{0}は{1}にできません"),
    ("cannot return outside of function", "return は関数の中だけで使えます"),
    ("cannot continue outside of loop", "continue は繰返しの中だけで使えます"),
    ("cannot break outside of loop", "break は繰返しの中だけで使えます"),
    ("{} can only be used when context is known", "「{}」は、context の中だけで使えます"),
    ("can only be used when context is known", "context の中だけで使えます"),
    ("selector does not match any element", "当てはまるものが紙面にありません"),
    ("selector matches multiple elements", "当てはまるものが紙面に2つ以上あります"),
    ("page {} does not exist", "{}ページ目はありません"),
    ("pagebreaks are not allowed inside of containers", "改ページは、枠や段組の中では使えません"),
    (
        "page configuration is not allowed inside of containers",
        "用紙の設定は、枠や段組の中では使えません",
    ),
    (
        "document set rules are not allowed inside of containers",
        "文書の設定は、枠や段組の中では使えません",
    ),
    ("result is too large", "計算の結果が大きすぎます"),
    ("the result is not a real number", "計算の結果が実数ではありません"),
    ("integer value is too {}", "整数が大きすぎるか小さすぎます"),
    ("number must be between {} and {}", "{0}から{1}までの数ではありません"),
    ("value must be {}", "値がその範囲にありません"),
    ("invalid integer: {}", "整数ではありません（{}）"),
    ("invalid integer", "整数ではありません"),
    ("invalid float: {}", "数ではありません（{}）"),
    ("string contains invalid digits{}", "数字ではない文字があります"),
    ("regex {}", "探す形（regex）の書き方が違います"),
    ("failed to parse regex{}", "探す形（regex）の書き方が違います"),
    ("date is {}", "その日付はありません"),
    ("time is {}", "その時刻はありません"),
    ("stack spacing is infinite", "間隔が決まりません"),
    ("repeat with no size restrictions", "繰り返す幅が決まっていません"),
    ("cannot expand into infinite {}", "広げる幅か高さが決まっていません"),
    ("cannot create {} with infinite {}", "幅か高さが決まっていません"),
    (
        "attempted to place a second cell at column {}, row {}",
        "表の同じ所（{0}列目、{1}行目。0から）に、欄が2つあります",
    ),
    ("cell{}", "表の欄を置く所がありません"),
    ("cannot place {}", "表のその位置には置けません"),
    ("missing alt text", "画像か数式に代替テキストがありません"),
    ("missing annotation alt text", "リンクに代替テキストがありません"),
    ("missing document {}", "文書の題名か日付か言語がありません"),
    ("missing heading title", "見出しに題名がありません"),
    ("heading title is empty", "見出しに題名がありません"),
    ("heading title could not be determined", "見出しの題名が分かりません"),
    ("heading levels must be consecutive", "見出しの段が飛んでいます"),
    ("the first heading must be of level 1", "最初の見出しが1段目ではありません"),
    ("invalid {} structure", "「{}」の組み方が、読み上げの順になりません"),
    ("{} may not contain {}", "「{0}」の中に「{1}」は置けません"),
    ("ambiguous logical parent", "読み上げの順が決まりません"),
    ("cannot combine underline, overline, or strike", "下線、上線、取消線は重ねられません"),
    ("PDF artifacts may not contain links", "読み上げない部分にリンクは置けません"),
    ("the text `{}` could not be displayed with {}", "使えない文字です（{0}）"),
    ("the image has smooth scaling", "画像の拡大をなめらかにできません"),
    ("the image contains transparency", "画像に透明な所があります"),
    ("the used fill or stroke has transparency", "塗りか線が透き通っています"),
    ("the PDF contains transparency", "画像のPDFに透明な所があります"),
    ("{} contains the codepoint `{}`", "使えない文字があります（{1}）"),
    ("{} the disallowed codepoint `{}`", "使えない文字があります（{1}）"),
    ("license of {} is too restrictive", "書体「{}」は、PDFに入れることが許されていません"),
    ("failed to process {}", "画像を読めません"),
    ("PDF cannot conform to {} and {} at the same time", "{0} と {1} は同時に守れません"),
    ("choose at most one PDF/A standard", "PDF/A は1つだけ選べます"),
    ("choose at most one PDF/UA standard", "PDF/UA は1つだけ選べます"),
    ("cannot use `{}` as {}", "「{0}」は、ここでは使えません"),
    ("footer must end at the last row", "表の終わりの行（footer）は、最後の行に置きます"),
    ("parent-scoped {}", "scope: \"parent\" は、浮いた図だけに使えます"),
    (
        "automatic positioning is only available for floating placement",
        "位置の auto は、float: true のときだけ使えます",
    ),
    ("footnote cannot reference itself", "脚注が自分を参照しています"),
    ("layout did not converge within {} attempts", "ページの配置が、何度組んでも決まりません"),
    ("document did not converge within {} attempts", "ページの配置が、何度組んでも決まりません"),
    ("{} did not stabilize", "ページの配置が、何度組んでも決まりません"),
    ("value of {} did not converge", "ページの配置が、何度組んでも決まりません"),
    ("linebreaks are ignored in {}", "ここでは改行が無視されます"),
    ("text direction must be horizontal", "文字の向きは横だけです"),
    ("this selector cannot {}", "この選び方は、ここでは使えません"),
    ("text is not locatable", "文字そのものは探せません"),
    ("cannot be constructed manually", "これは文章の中では作れません"),
    ("capability is not locatable", "これは探せません"),
    ("cannot outline {}", "目次に入れられません"),
    ("array has different length {}", "並びの長さが違います"),
    ("second array has different length {}", "並びの長さが違います"),
    (
        "keyword `{}` is not allowed as an identifier; try `{}` instead",
        "「{0}」は決まった言葉なので、名前に使えません",
    ),
    ("expected {}, found {}", "{0}が要りますが、{1}があります"),
    ("expected {} or {}", "{0}か{1}が要ります"),
    ("expected {}", "{}が要ります"),
    ("invalid {}", "書き方が正しくありません"),
    ("type mismatch{}", "値の種類が違います"),
];

/// What Typst calls kinds of values and parts of the writing.
const TERMS: [(&str, &str); 121] = [
    ("integer", "整数"),
    ("float", "小数"),
    ("decimal", "十進数"),
    ("boolean", "真偽（true・false）"),
    ("string", "文字列（\" \"）"),
    ("content", "本文（[ ]）"),
    ("array", "並び"),
    ("dictionary", "辞書"),
    ("function", "関数"),
    ("length", "長さ"),
    ("relative length", "長さ"),
    ("ratio", "割合（%）"),
    ("fraction", "比（fr）"),
    ("angle", "角度"),
    ("color", "色"),
    ("gradient", "色の移り変わり"),
    ("tiling", "模様"),
    ("stroke", "線"),
    ("none", "none"),
    ("auto", "auto"),
    ("label", "ラベル"),
    ("alignment", "揃え"),
    ("direction", "向き"),
    ("datetime", "日付"),
    ("duration", "期間"),
    ("symbol", "記号"),
    ("arguments", "引数"),
    ("type", "種類"),
    ("module", "ファイル"),
    ("selector", "選び方"),
    ("location", "位置"),
    ("counter", "番号"),
    ("state", "状態"),
    ("regex", "探す形（regex）"),
    ("bytes", "バイト列"),
    ("version", "版"),
    ("styles", "書式"),
    ("path", "ファイルの名前"),
    ("element", "部品"),
    ("str", "文字列（\" \"）"),
    ("int", "整数"),
    ("bool", "真偽（true・false）"),
    ("any", "値"),
    ("number", "数"),
    ("character", "文字"),
    ("expression", "式"),
    ("identifier", "名前"),
    ("pattern", "受け取る名前"),
    ("block", "{ } か [ ]"),
    ("argument list", "（）"),
    ("named or keyed pair", "「名前: 値」"),
    ("colon", "「:」"),
    ("comma", "「,」"),
    ("semicolon", "「;」"),
    ("line break", "改行"),
    ("hash", "「#」"),
    ("dollar sign", "「$」"),
    ("star", "「*」"),
    ("underscore", "「_」"),
    ("plus", "「+」"),
    ("minus", "「-」"),
    ("slash", "「/」"),
    ("hat", "「^」"),
    ("dot", "「.」"),
    ("dots", "「..」"),
    ("arrow", "「=>」"),
    ("equals sign", "「=」"),
    ("exclamation mark", "「!」"),
    ("opening brace", "「{」"),
    ("closing brace", "「}」"),
    ("opening bracket", "「[」"),
    ("closing bracket", "「]」"),
    ("opening paren", "「(」"),
    ("closing paren", "「)」"),
    ("end of tokens", "文の終わり"),
    ("end of block comment", "コメントの終わり"),
    ("line comment", "コメント"),
    ("block comment", "コメント"),
    ("text", "文字"),
    ("space", "空白"),
    ("paragraph break", "空行"),
    ("numeric value", "単位の付いた数"),
    ("code block", "{ }"),
    ("content block", "本文（[ ]）"),
    ("function call", "呼び出し"),
    ("call arguments", "引数"),
    ("heading marker", "見出しの「=」"),
    ("list marker", "箇条書きの「-」"),
    ("enum marker", "番号の「+」"),
    ("reference marker", "「@」"),
    ("escape sequence", "\\ と文字"),
    ("equality operator", "「==」"),
    ("inequality operator", "「!=」"),
    ("less-than operator", "「<」"),
    ("less-than or equal operator", "「<=」"),
    ("greater-than operator", "「>」"),
    ("greater-than or equal operator", "「>=」"),
    ("add-assign operator", "「+=」"),
    ("subtract-assign operator", "「-=」"),
    ("multiply-assign operator", "「*=」"),
    ("divide-assign operator", "「/=」"),
    ("closure", "関数"),
    ("spread", "「..」"),
    ("named pair", "「名前: 値」"),
    ("equation", "数式"),
    ("math", "数式"),
    ("raw block", "` `"),
    ("strong content", "太字"),
    ("emphasized content", "_ _"),
    ("heading", "見出し"),
    ("smart quote", "引用符"),
    ("shorthand", "記号"),
    ("group", "（）"),
    ("parenthesized", "（）"),
    ("image", "画像"),
    ("table cell", "表の欄"),
    ("horizontal", "横の揃え"),
    ("vertical", "縦の揃え"),
    ("body", "本文"),
    ("this string", "この文字列"),
    ("value", "値"),
];

/// What is said of a message that is not known here.
const UNKNOWN: &str = "この書き方では組めません";

/// So many Latin words side by side are a sentence.
const WORDS_OF_A_SENTENCE: usize = 3;

/// The Japanese for a message of Typst.
///
/// Messages of the templates are Japanese already and stay as they are; of what is not known here,
/// the names that it quotes are kept.
pub fn typst_message(message: &str) -> String {
    let message = message.trim();
    // 「PDF/UA-1 error: …」: which standard it is that forbids it.
    let standard = message.split_once(" error: ").filter(|(name, _)| name.contains("PDF"));
    if let Some((name, rest)) = standard {
        return format!("{}（{name}）", typst_message(rest));
    }
    if let Some(words) = known(message) {
        return words;
    }
    if !message.is_ascii() && !is_sentence(message) {
        return message.to_owned();
    }
    let names: Vec<&str> =
        message.split('`').skip(1).step_by(2).filter(|it| !it.is_empty()).collect();
    match names.is_empty() {
        true => UNKNOWN.to_owned(),
        false => format!("{UNKNOWN}（関わる言葉: {}）", names.join("、")),
    }
}

/// Whether nothing is known here about a message of Typst.
pub fn is_unknown(message: &str) -> bool {
    typst_message(message).starts_with(UNKNOWN)
}

/// Whether a text has an English sentence in it: several Latin words in a row.
pub(super) fn is_sentence(text: &str) -> bool {
    let mut row = 0;
    text.split(' ').any(|word| {
        let word = word.trim_matches(|c: char| c.is_ascii_punctuation());
        let latin = word.len() > 1 && word.chars().all(|c| c.is_ascii_alphabetic() || c == '\'');
        row = if latin { row + 1 } else { 0 };
        row >= WORDS_OF_A_SENTENCE
    })
}

fn known(message: &str) -> Option<String> {
    MESSAGES.iter().find_map(|(pattern, words)| {
        let parts = parts(pattern, message)?;
        let parts: Vec<String> = parts.iter().map(|part| said(part)).collect();
        // What is taken over as it is would be as English as before.
        let words = filled(words, &parts);
        (!is_sentence(&words)).then_some(words)
    })
}

/// What stands in the holes of a pattern.
fn parts<'a>(pattern: &str, message: &'a str) -> Option<Vec<&'a str>> {
    let mut pieces = pattern.split("{}");
    let mut rest = message.strip_prefix(pieces.next()?)?;
    let pieces: Vec<&str> = pieces.collect();
    let mut found = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let last = index + 1 == pieces.len();
        let end = match (last, *piece) {
            (true, "") => rest.len(),
            (true, piece) => rest.strip_suffix(piece)?.len(),
            (false, piece) => rest.find(piece)?,
        };
        found.push(&rest[..end]);
        rest = &rest[end + piece.len()..];
    }
    rest.is_empty().then_some(found)
}

/// The Japanese with its holes filled.
fn filled(words: &str, parts: &[String]) -> String {
    let first = parts.first().map_or("", String::as_str);
    let mut text = words.replace("{}", first);
    for (index, part) in parts.iter().enumerate() {
        text = text.replace(&format!("{{{index}}}"), part);
    }
    text
}

/// What stands in a hole: kinds of values by their Japanese names, anything else as it is.
fn said(part: &str) -> String {
    let part = part.trim();
    let one = |name: &str| {
        let name = name.trim().trim_start_matches("or ").trim_start_matches("operator ");
        let bare = name.trim_start_matches("keyword ").trim_matches('`').trim_matches('\'');
        let term = TERMS.iter().find(|(known, _)| *known == name);
        term.map_or_else(|| bare.trim_matches('"').to_owned(), |(_, words)| (*words).to_owned())
    };
    if TERMS.iter().any(|(known, _)| *known == part) || !part.contains([',', ' ']) {
        return one(part);
    }
    let names: Vec<&str> = part.split(", ").flat_map(|part| part.split(" or ")).collect();
    let all_known = names.iter().all(|name| {
        let name = name.trim().trim_start_matches("or ");
        name.starts_with(['`', '"']) || TERMS.iter().any(|(known, _)| *known == name)
    });
    match all_known {
        true => names.iter().map(|name| one(name)).collect::<Vec<_>>().join("か"),
        false => one(part),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_messages_are_said_in_japanese() {
        for (message, words) in [
            ("unclosed delimiter", "括弧が閉じられていません"),
            ("unknown variable: 価", "「価」という名前はありません"),
            ("unclosed label", "< で始まるラベルが閉じられていません"),
            ("assertion failed: 図「x」はありません", "図「x」はありません"),
            ("expected string, found integer", "文字列（\" \"）が要りますが、整数があります"),
            (
                "expected auto, relative length, or fraction, found content",
                "autoか長さか比（fr）が要りますが、本文（[ ]）があります",
            ),
            ("cannot subtract string from integer", "整数から文字列（\" \"）は引けません"),
            ("unexpected closing bracket", "ここに「]」は置けません"),
            (
                "label `<a.example>` does not exist in the document",
                "参照先「<a.example>」がありません。@ を文字として書くときは \\@ とします",
            ),
        ] {
            assert_eq!(typst_message(message), words);
        }
    }

    #[test]
    fn of_what_is_not_known_only_the_names_are_kept() {
        let names = typst_message("the `stroke` of a `grid` went very odd");
        assert_eq!(names, "この書き方では組めません（関わる言葉: stroke、grid）");
        assert_eq!(typst_message("something very odd here"), "この書き方では組めません");
        assert_eq!(typst_message("「値」を計算できません"), "「値」を計算できません");
    }

    #[test]
    fn every_message_has_as_many_holes_in_both_languages_and_no_english_in_the_japanese() {
        for (pattern, words) in MESSAGES {
            let holes = pattern.matches("{}").count();
            let named = (0..9).filter(|index| words.contains(&format!("{{{index}}}"))).max();
            assert!(named.is_none_or(|last| last < holes.max(1)), "{pattern}");
            assert!(!words.contains("{}") || holes == 1, "{pattern}");
            assert!(!is_sentence(words), "{words}");
        }
    }
}
