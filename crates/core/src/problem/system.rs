//! What the system says when it refuses to read or write, in words for people.

use std::io::{Error, ErrorKind};

use super::typst_words::is_sentence;

/// Errors for which the library has no kind that could be named here, by their numbers on Linux
/// and macOS (below 34, all Unix systems agree) or on Windows.
const NUMBERED: &[(i32, &str)] = if cfg!(windows) {
    &[
        (32, IN_USE),
        (33, IN_USE),
        (19, "書き込めないディスクです"),
        (39, STORAGE_FULL),
        (1224, IN_USE),
    ]
} else if cfg!(target_os = "macos") {
    &[(5, DISK), (6, NO_DEVICE), (23, TOO_MANY_OPEN), (24, TOO_MANY_OPEN), (62, LOOP)]
} else {
    &[(5, DISK), (6, NO_DEVICE), (23, TOO_MANY_OPEN), (24, TOO_MANY_OPEN), (40, LOOP)]
};
const IN_USE: &str = "ほかのソフトが使っています";
const STORAGE_FULL: &str = "ディスクの空きがありません";
const DISK: &str = "ディスクの読み書きに失敗しました";
const NO_DEVICE: &str = "普通のファイルではないか、つながる先がありません";
const TOO_MANY_OPEN: &str = "開いているファイルが多すぎます";
const LOOP: &str = "リンクが循環しているか、多すぎます";

/// Why the system refused to read or write, in words for people.
pub fn system_reason(error: &Error) -> String {
    let number = number(error);
    let words = kind(error.kind())
        .or_else(|| NUMBERED.iter().find(|(known, _)| Some(*known) == number).map(|(_, it)| *it));
    if let Some(words) = words {
        return words.to_owned();
    }
    let text = error.to_string();
    match number {
        Some(number) => format!("システムの誤り {number}"),
        // Ours are in Japanese already.
        None if is_sentence(&text) => "システムの誤り".to_owned(),
        None if text.is_ascii() => format!("システムの誤り（{text}）"),
        None => text,
    }
}

fn kind(kind: ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::NotFound => "フォルダーかファイルがありません",
        ErrorKind::PermissionDenied => "権限がありません",
        ErrorKind::AlreadyExists => "同じ名前のファイルがあります",
        ErrorKind::NotADirectory => "途中の名前がフォルダーではありません",
        ErrorKind::IsADirectory => "フォルダーです。ファイルではありません",
        ErrorKind::DirectoryNotEmpty => "フォルダーが空ではありません",
        ErrorKind::ReadOnlyFilesystem => "書き込めないディスクです",
        ErrorKind::StorageFull => STORAGE_FULL,
        ErrorKind::QuotaExceeded => "使ってよいディスクの大きさを超えました",
        ErrorKind::FileTooLarge => "ファイルが大きすぎます",
        ErrorKind::InvalidFilename => "名前が長すぎるか、使えない文字があります",
        ErrorKind::CrossesDevices => "別のディスクへは移せません",
        ErrorKind::TooManyLinks => "リンクが多すぎます",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => IN_USE,
        ErrorKind::StaleNetworkFileHandle => {
            "ファイルサーバーの上で、なくなったか置き換えられました"
        }
        ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::ConnectionRefused
        | ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::NotConnected => "ファイルサーバーにつながりません",
        ErrorKind::AddrInUse | ErrorKind::AddrNotAvailable => "ネットワークの番地を使えません",
        ErrorKind::TimedOut => "待っても答えがありません",
        ErrorKind::WouldBlock => "今は読み書きできません",
        ErrorKind::Interrupted => "途中で割り込まれました",
        ErrorKind::Deadlock => "互いに待ち合うので、続けられません",
        ErrorKind::BrokenPipe => "書き出す先が閉じています",
        ErrorKind::WriteZero => "途中までしか書けませんでした",
        ErrorKind::UnexpectedEof => "途中で終わっています",
        ErrorKind::NotSeekable => "読む所を選べないファイルです",
        ErrorKind::ArgumentListTooLong => "引数が長すぎます",
        ErrorKind::Unsupported => "このシステムかディスクでは、できません",
        ErrorKind::InvalidData => "読めないデータです",
        ErrorKind::InvalidInput => "使えない名前か値です",
        ErrorKind::OutOfMemory => "メモリーが足りません",
        _ => return None,
    })
}

/// What the library puts between the system's words and its number.
const OS_ERROR: &str = " (os error ";

/// The system's number of an error; of one that others have wrapped, as they quote it.
fn number(error: &Error) -> Option<i32> {
    error.raw_os_error().or_else(|| {
        let text = error.to_string();
        text.split_once(OS_ERROR)?.1.split_once(')')?.0.parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn what_the_system_says_is_said_in_japanese() {
        // By errno(3): from EPERM to EDQUOT, what opening, reading, writing and renaming can meet.
        let met = [
            1, 2, 5, 6, 11, 12, 13, 16, 17, 18, 20, 21, 23, 24, 26, 27, 28, 29, 30, 31, 32, 35, 36,
            39, 40, 95, 104, 107, 110, 111, 113, 116, 122,
        ];
        for number in met {
            let words = system_reason(&Error::from_raw_os_error(number));
            assert!(!words.chars().any(|c| c.is_ascii_alphanumeric()), "{number}: {words}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_wrapped_error_keeps_its_reason() {
        let inner = Error::from_raw_os_error(40);
        let wrapped = Error::other(format!("{inner} at path \"/x\""));
        assert_eq!(system_reason(&wrapped), LOOP);
    }

    #[cfg(unix)]
    #[test]
    fn what_has_no_words_keeps_its_number_and_no_english_sentence() {
        assert_eq!(system_reason(&Error::from_raw_os_error(15)), "システムの誤り 15");
        assert_eq!(system_reason(&Error::other("one odd thing")), "システムの誤り");
        assert_eq!(system_reason(&Error::other("odd")), "システムの誤り（odd）");
        assert_eq!(system_reason(&Error::other("途中です")), "途中です");
    }
}
