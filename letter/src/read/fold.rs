//! What a person wrote now, and what they quoted and signed with. The rules are of one kind: something is folded away only when it
//! stands at the end, where nothing that was written now comes after it. Answers between or below quotations therefore keep
//! everything in sight, and a letter never ends up empty.

mod mark;

use mark::{
    Sure, attribution, attribution_above, header_block, is_forward, is_list_footer, is_marker, is_original, is_quoted,
    is_rule, sent_from,
};

/// What a letter's header says about its text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Context {
    /// It answers something.
    pub reply: bool,
    /// It passes something on: what is below is what it is about.
    pub forward: bool,
}

/// Signatures are not longer: whatever comes after a line like theirs is.
const SIGNATURE_LINES: usize = 15;
const SIGNATURE_BYTES: usize = 1_500;
/// Between a line that introduces history and the marker.
const ABOVE_MARKER: usize = 6;

/// What was said, and the history below it.
pub(super) fn fold(text: &str, context: Context) -> (String, String) {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let mut end = hard(&lines, context);
    // A signature stands above what is quoted, or below it, or both.
    loop {
        let before = end;
        end = quotes(&lines[..end], context);
        end = signature(&lines, end);
        if end == before {
            break;
        }
    }
    if !says_something(&lines[..end]) {
        return (join(&lines), String::new());
    }
    (join(&lines[..end]), join(&lines[end..]))
}

/// Where everything that follows is known to be history, whatever it looks like.
fn hard(lines: &[&str], context: Context) -> usize {
    for (at, line) in lines.iter().enumerate() {
        if is_quoted(line) || line.is_empty() {
            continue;
        }
        let found = is_marker(line)
            || !context.forward && (is_original(line) && !is_forward(line) || header_block(&lines[at..]))
            || !is_forward_above(lines, at) && introduces(&lines[at..]);
        if !found || (header_block(&lines[at..]) || is_original(line)) && is_forward_above(lines, at) {
            continue;
        }
        // What introduces it belongs to it: a rule, a line about who wrote, an empty line.
        let mut start = at;
        while start > 0 && (lines[start - 1].is_empty() || is_rule(lines[start - 1]) || is_original(lines[start - 1])) {
            start -= 1;
        }
        if is_marker(line) {
            let near = start.saturating_sub(ABOVE_MARKER);
            let block = (near..start).find(|&above| header_block(&lines[above..]));
            let above = block.or_else(|| attribution_above(&lines[..start]).map(|(above, _)| above));
            start = above.unwrap_or(start);
        }
        return start;
    }
    lines.len()
}

/// The last line before this one that says anything begins a forwarded message.
fn is_forward_above(lines: &[&str], at: usize) -> bool {
    lines[..at].iter().rev().filter(|line| !line.is_empty()).take(2).any(|line| is_forward(line))
}

/// A line about who wrote, and below it what they wrote without any sign of being quoted.
fn introduces(lines: &[&str]) -> bool {
    let Some((length, sure)) = attribution(lines) else { return false };
    // The first of these lines may be what a person wrote, and only the next begin it.
    let first = attribution_above(&lines[..length]).is_some_and(|(at, _)| at == 0);
    let next = lines[length..].iter().find(|line| !line.is_empty());
    first && (sure == Sure::Certain || sure == Sure::Strong && length == 1) && next.is_some_and(|next| !is_quoted(next))
}

/// Without the quotations at the end of what is left.
fn quotes(lines: &[&str], context: Context) -> usize {
    let mut end = lines.len();
    loop {
        let kept = end - lines[..end].iter().rev().take_while(|line| line.is_empty()).count();
        let first = kept - lines[..kept].iter().rev().take_while(|line| is_quoted(line) || line.is_empty()).count();
        let quoted = lines[first..kept].iter().any(|line| is_quoted(line));
        if !quoted {
            // A line about who wrote, with nothing below it.
            let alone = attribution_above(&lines[..kept]).filter(|(_, sure)| *sure > Sure::Weak);
            return alone.map_or(kept, |(at, _)| at);
        }
        let marked = lines[first..kept].iter().any(|line| is_marker(line));
        let above = first - lines[..first].iter().rev().take_while(|line| line.is_empty()).count();
        let introduced = attribution_above(&lines[..above]).map(|(at, _)| at);
        match introduced {
            Some(at) if !is_forward_above(lines, at) => end = at,
            None if (context.reply || marked) && !context.forward && !is_forward_above(lines, first) => end = first,
            // What is quoted without a word of whom is what the letter is about.
            _ => return kept.max(first),
        }
        if end == 0 {
            return 0;
        }
    }
}

/// Without the signature at the end of what is left.
fn signature(lines: &[&str], end: usize) -> usize {
    let first = end.saturating_sub(SIGNATURE_LINES + 1);
    let short = |at: usize| lines[at..end].iter().map(|line| line.len() + 1).sum::<usize>() <= SIGNATURE_BYTES;
    let alike = |at: usize| matches!(lines[at], "--" | "—") || sent_from(lines[at]) || is_list_footer(&lines[at..end]);
    match (first..end).find(|&at| alike(at) && short(at) && !lines[at..end].iter().any(|line| is_quoted(line))) {
        Some(at) => at,
        None => end,
    }
}

/// Whether a person wrote something there: not only quotations, rules and lines about who wrote.
fn says_something(lines: &[&str]) -> bool {
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        if line.is_empty() || is_quoted(line) || is_rule(line) {
            at += 1;
        } else if let Some((length, sure)) = attribution(&lines[at..])
            && (length == 1 || sure == Sure::Certain)
        {
            at += length;
        } else {
            return true;
        }
    }
    false
}

/// Without empty lines around it, and never more than two of them together.
fn join(lines: &[&str]) -> String {
    let mut out = String::new();
    let mut empty = 0;
    for line in lines {
        if line.trim().is_empty() {
            empty += 1;
            continue;
        }
        if !out.is_empty() {
            out.extend(std::iter::repeat_n('\n', 1 + empty.min(2)));
        }
        empty = 0;
        out.push_str(line);
    }
    out
}
