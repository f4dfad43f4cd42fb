//! What our own receiver says about who wrote a letter (RFC 8601), and what follows from it.

use crate::{Check, Letter, Verdict, Vouched};

/// More checks than these are noise.
const MOST: usize = 40;

/// Reads one header.
pub(super) fn parse(value: &str, received_above: usize) -> Vouched {
    let value = uncommented(value);
    let mut sections = value.split(';');
    let authority = sections
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .trim_matches('"')
        .to_lowercase();
    let checks = sections.take(MOST).filter_map(check).collect();
    Vouched { authority, checks, received_above }
}

fn check(section: &str) -> Option<Check> {
    let mut pairs = Vec::new();
    // "dkim = pass" is allowed as well.
    let tidy = section.replace(" =", "=").replace("= ", "=");
    for word in tidy.split_whitespace().take(MOST) {
        if let Some((name, value)) = word.split_once('=') {
            pairs.push((name.to_lowercase(), value.trim_matches('"').to_lowercase()));
        }
    }
    let mut pairs = pairs.into_iter();
    let (method, result) = pairs.next()?;
    let method = method.split('/').next().unwrap_or_default().to_owned();
    Some(Check { method, result, properties: pairs.collect() })
}

/// Without `(comments)`, and with what is quoted kept together and free of what would part it.
fn uncommented(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for c in value.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' if depth == 0 => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted && depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            ';' | '=' | ' ' | '\t' if quoted => out.push('_'),
            c => out.push(c),
        }
    }
    out
}

impl Letter {
    /// Whether the authority, our own receiver, vouches that this letter comes from the domain of its `From`: DMARC passed, or SPF
    /// or DKIM passed for that domain.
    ///
    /// Only its topmost headers count, and only while nobody else's stand above them. A receiver must take away headers that
    /// come in under its own name (RFC 8601 §5); one that does not cannot be an authority.
    #[must_use]
    pub fn vouched(&self, authority: &str) -> Verdict {
        let authority = authority.trim().to_lowercase();
        let Some(first) = self.results.first().filter(|first| !authority.is_empty() && first.authority == authority)
        else {
            return Verdict::Unknown;
        };
        let Some(from) = self.from.as_ref().filter(|_| !self.from_several) else { return Verdict::Fail };
        let domain = from.domain();
        let own = self
            .results
            .iter()
            .take_while(|one| one.authority == authority && one.received_above == first.received_above);
        let checks: Vec<&Check> = own.flat_map(|one| &one.checks).collect();
        let of = |method: &'static str| checks.iter().filter(move |check| check.method == method);
        if let Some(dmarc) = of("dmarc").next() {
            let about = dmarc.property("header.from");
            let same = about.is_none_or(|about| about == domain);
            return match dmarc.result.as_str() {
                "pass" if same && of("dmarc").all(|check| check.result == "pass") => Verdict::Pass,
                // A domain without a policy: SPF and DKIM decide.
                "none" => aligned(&checks, domain),
                _ => Verdict::Fail,
            };
        }
        aligned(&checks, domain)
    }

    /// Whether its Message-ID is of that domain: only we make those.
    #[must_use]
    pub fn has_id_of(&self, domain: &str) -> bool {
        let of = |id: &String| id.rsplit_once('@').is_some_and(|(_, host)| host.eq_ignore_ascii_case(domain));
        !domain.is_empty() && self.message_id.as_ref().is_some_and(of)
    }
}

impl Check {
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&str> {
        self.properties.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str())
    }
}

fn aligned(checks: &[&Check], domain: &str) -> Verdict {
    let mut seen = false;
    for check in checks {
        let about = match check.method.as_str() {
            "dkim" => check.property("header.d").or_else(|| check.property("header.i").map(host)),
            "spf" => check.property("smtp.mailfrom").or_else(|| check.property("smtp.mfrom")).map(host),
            _ => None,
        };
        let Some(about) = about else { continue };
        seen |= same_organisation(about, domain);
        if check.result == "pass" && same_organisation(about, domain) {
            return Verdict::Pass;
        }
    }
    if seen { Verdict::Fail } else { Verdict::Unknown }
}

fn host(address: &str) -> &str {
    address.rsplit_once('@').map_or(address, |(_, host)| host)
}

/// The same domain, or one within the other. A domain of one word is nobody's own.
fn same_organisation(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim_end_matches('.'), other.trim_end_matches('.'));
    let within = |inner: &str, outer: &str| {
        outer.contains('.') && inner.strip_suffix(outer).is_some_and(|rest| rest.ends_with('.'))
    };
    !one.is_empty() && (one == other || within(one, other) || within(other, one))
}
