#!/usr/bin/env python3
"""Writes the messages of own/ and what must be read in them (own.json), and what Python's own e-mail package finds in everybody
else's (files.json). Run it in this folder after a change; the tests read only what it wrote."""
import base64, email, email.policy, hashlib, json, os, pathlib, quopri

OWN, EXPECT = {}, {}
QUOTE = "Dirk via Loket schreef:\nKunt u de foutcode sturen?"


def msg(name, body, *, said=None, history=None, files=(), automatic=None, subject="Re: [ACME-17] Printer", top="", type="text/plain; charset=utf-8", cte="8bit", reply=True, frm="Anna Visser <anna@acme.example>", crlf=True, empty=False, **more):
    head = [f"From: {frm}", "To: Loket <support@desk.example>", f"Subject: {subject}", "Date: Tue, 21 Apr 2026 10:00:00 +0200", f"Message-ID: <{name}@mail.acme.example>", "MIME-Version: 1.0", f"Content-Type: {type}"]
    if cte:
        head.append(f"Content-Transfer-Encoding: {cte}")
    if reply:
        head += ["In-Reply-To: <first@desk.example>", "References: <first@desk.example>"]
    text = (top + "\n".join(head) + "\n\n") if top else "\n".join(head) + "\n\n"
    data = text.encode() + (body.encode() if isinstance(body, str) else body)
    if crlf:
        data = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    OWN[name] = data
    EXPECT[name] = {"said": said, "history": history, "automatic": automatic, "empty": empty, "files": [{"name": n, "sha256": hashlib.sha256(b).hexdigest()} for n, b in files], **more}


def part(type, body, cte=None, disposition=None, extra=""):
    head = f"Content-Type: {type}\n"
    if cte:
        head += f"Content-Transfer-Encoding: {cte}\n"
    if disposition:
        head += f"Content-Disposition: {disposition}\n"
    if isinstance(body, bytes):
        body = base64.encodebytes(body).decode()
    return head + extra + "\n" + body


def multi(parts, boundary="b1"):
    return "".join(f"--{boundary}\n{p}\n" for p in parts) + f"--{boundary}--\n"


PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000") + bytes(range(256))
PDF = b"%PDF-1.4\r\n" + bytes(range(256)) * 3 + b"\n%%EOF\r\n"
ANSWER = "De foutcode is E-42.\n\nGroet, Anna"

# How programs quote -------------------------------------------------------------------------------------------------
fold = lambda name, below, **kw: msg(name, ANSWER + "\n\n" + below, said=kw.pop("said", ANSWER), history=kw.pop("history", "foutcode sturen"), **kw)
q = "> Kunt u de foutcode sturen?\n>\n> Dirk\n"
fold("gmail-nl", "Op di 21 apr 2026 om 10:00 schreef Dirk via Loket <support@desk.example>:\n\n" + q)
fold("gmail-nl-wrapped", "Op di 21 apr 2026 om 10:00 schreef Dirk via Loket\n<support+mfrggzdfmztwq2lk@desk.example>:\n\n" + q)
fold("gmail-en", "On Tue, Apr 21, 2026 at 10:00 AM Dirk via Loket <support@desk.example>\nwrote:\n\n" + q)
fold("gmail-de", "Am Di., 21. Apr. 2026 um 10:00 Uhr schrieb Dirk via Loket <support@desk.example>:\n\n" + q)
fold("gmail-fr", "Le mar. 21 avr. 2026 à 10:00, Dirk via Loket <support@desk.example> a écrit :\n\n" + q)
fold("thunderbird-nl", "Op 21-04-2026 om 10:00 schreef Dirk via Loket:\n" + q)
fold("thunderbird-en", "On 4/21/26 10:00, Dirk via Loket wrote:\n" + q)
fold("apple-nl", "> Op 21 apr 2026, om 10:00 heeft Dirk via Loket <support@desk.example> het volgende geschreven:\n> \n" + q)
fold("apple-nl-plain", "Op 21 apr 2026, om 10:00 heeft Dirk via Loket <support@desk.example> het volgende geschreven:\n\n" + q)
fold("apple-en-iphone", "Sent from my iPhone\n\n> On 21 Apr 2026, at 10:00, Dirk via Loket <support@desk.example> wrote:\n> \n" + q)
fold("iphone-nl", "Verstuurd vanaf mijn iPhone\n\n> Op 21 apr 2026 om 10:00 heeft Dirk via Loket <support@desk.example> het volgende geschreven:\n> \n> \ufeffKunt u de foutcode sturen?\n")
fold("outlook-desktop-nl", "Van: Dirk via Loket <support@desk.example>\nVerzonden: dinsdag 21 april 2026 10:00\nAan: Anna Visser <anna@acme.example>\nOnderwerp: [ACME-17] Printer\n\nKunt u de foutcode sturen?\n")
fold("outlook-desktop-en", "From: Dirk via Loket <support@desk.example>\nSent: Tuesday, April 21, 2026 10:00 AM\nTo: Anna Visser <anna@acme.example>\nSubject: [ACME-17] Printer\n\nKunt u de foutcode sturen?\n")
fold("outlook-web-rule", "________________________________\nVan: Dirk via Loket <support@desk.example>\nVerzonden: dinsdag 21 april 2026 10:00\nAan: Anna Visser <anna@acme.example>\nOnderwerp: [ACME-17] Printer\n\nKunt u de foutcode sturen?\n")
fold("outlook-2003-nl", "-----Oorspronkelijk bericht-----\nVan: Dirk via Loket [mailto:support@desk.example]\nVerzonden: dinsdag 21 april 2026 10:00\nAan: Anna Visser\nOnderwerp: [ACME-17] Printer\n\nKunt u de foutcode sturen?\n")
fold("outlook-2003-en", "-----Original Message-----\nFrom: Dirk via Loket [mailto:support@desk.example]\nSent: Tuesday, April 21, 2026 10:00 AM\nTo: Anna Visser\nSubject: [ACME-17] Printer\n\nKunt u de foutcode sturen?\n")
fold("outlook-de", "Von: Dirk via Loket <support@desk.example>\nGesendet: Dienstag, 21. April 2026 10:00\nAn: Anna Visser <anna@acme.example>\nBetreff: [ACME-17] Printer\n\nKunt u de foutcode sturen?\n")
fold("outlook-fr", "De : Dirk via Loket <support@desk.example>\nEnvoyé : mardi 21 avril 2026 10:00\nÀ : Anna Visser <anna@acme.example>\nObjet : [ACME-17] Printer\n\nKunt u de foutcode sturen?\n")
fold("outlook-phone-nl", "Outlook voor iOS downloaden<https://aka.ms/o0ukef>\n________________________________\nVan: Dirk via Loket <support@desk.example>\nVerzonden: dinsdag 21 april 2026 10:00:00\nAan: Anna Visser <anna@acme.example>\nOnderwerp: [ACME-17] Printer\n\nKunt u de foutcode sturen?\n")
fold("outlook-phone-en", "Get Outlook for Android<https://aka.ms/AAb9ysg>\n________________________________\nFrom: Dirk via Loket <support@desk.example>\nSent: Tuesday, April 21, 2026 10:00:00 AM\nTo: Anna Visser <anna@acme.example>\nSubject: [ACME-17] Printer\n\nKunt u de foutcode sturen?\n")
fold("samsung-nl", "Verzonden vanaf mijn Galaxy\n\n-------- Oorspronkelijk bericht --------\nVan: Dirk via Loket <support@desk.example>\nDatum: 21-04-2026 10:00 (GMT+01:00)\nAan: Anna Visser <anna@acme.example>\nOnderwerp: [ACME-17] Printer\n\nKunt u de foutcode sturen?\n")
fold("windows-mail", "Verzonden vanuit Mail voor Windows\n\nVan: Dirk via Loket\nVerzonden: dinsdag 21 april 2026 10:00\nAan: Anna Visser\nOnderwerp: [ACME-17] Printer\n\nKunt u de foutcode sturen?\n")
fold("yahoo", "On Tuesday, April 21, 2026 at 10:00:00 AM GMT+2, Dirk via Loket <support@desk.example> wrote:  \n\n Kunt u de foutcode sturen?\n")
fold("proton", "Verzonden met Proton Mail beveiligde e-mail.\n\nOp dinsdag 21 april 2026 om 10:00 schreef Dirk via Loket <support@desk.example>:\n\n" + q)
fold("marker-quoted", "Op di 21 apr 2026 om 10:00 schreef Dirk via Loket <support@desk.example>:\n\n> ##- Typ uw antwoord boven deze regel -##\n>\n" + q)
fold("marker-bare-en", "##- Please type your reply above this line -##\n\nKunt u de foutcode sturen?\n")
fold("marker-odd-attribution", "Dirk via Loket <support@desk.example> 于2026年4月21日写道:\n\n##- Typ uw antwoord boven deze regel -##\nKunt u de foutcode sturen?\n")
fold("signature", "-- \nAnna Visser\nAcme Zorg\n", history="Acme Zorg")
fold("signature-and-quote", "-- \nAnna Visser\nAcme Zorg\n\nOp 21-04-2026 om 10:00 schreef Dirk via Loket:\n" + q)
fold("lf-only", "Op 21-04-2026 om 10:00 schreef Dirk via Loket:\n" + q, crlf=False)

inline = "Op 21-04-2026 om 10:00 schreef Dirk:\n> Wat is de foutcode?\nE-42\n> En het serienummer?\n123\n"
msg("inline-answers", inline, said=inline.strip(), history="")
bottom = "Op 21-04-2026 om 10:00 schreef Dirk:\n> Wat is de foutcode?\n\nDat is E-42.\n"
msg("below-the-quote", bottom, said=bottom.strip(), history="")
msg("below-with-signature", bottom + "\n-- \nAnna\n", said=bottom.strip(), history="-- \nAnna".replace("-- ", "--"))
msg("only-a-quote", "> Wat is de foutcode?\n", said="> Wat is de foutcode?", history="")
msg("quoted-error-in-a-new-request", "Hij zegt:\n\n> Fatale fout 7\n", said="Hij zegt:\n\n> Fatale fout 7", history="", subject="Hij doet het niet", reply=False)
fwd = "Graag hulp hierbij.\n\n---------- Forwarded message ---------\nVan: Klant <klant@elders.example>\nDate: di 21 apr 2026 om 09:00\nSubject: Kapot\nTo: Anna <anna@acme.example>\n\nMijn scherm is zwart.\n"
msg("forward-gmail", fwd, said=fwd.strip(), history="", subject="Fwd: Kapot", reply=False)
fwd2 = "Zie onder.\n\nVan: Klant <klant@elders.example>\nVerzonden: dinsdag 21 april 2026 09:00\nAan: Anna\nOnderwerp: Kapot\n\nMijn scherm is zwart.\n"
msg("forward-outlook", fwd2, said=fwd2.strip(), history="", subject="FW: Kapot", reply=False)
fwd3 = "Begin doorgestuurd bericht:\n\n> Van: Klant <klant@elders.example>\n> Onderwerp: Kapot\n>\n> Mijn scherm is zwart.\n"
msg("forward-apple", fwd3, said=fwd3.strip(), history="", subject="Doorst: Kapot", reply=False)

# Encodings ----------------------------------------------------------------------------------------------------------
text = "Zoë meldt: één scherm geeft “fout”. €5."
for charset in ["utf-8", "windows-1252", "utf-7", "utf-16"]:
    msg(f"charset-{charset}", base64.encodebytes(text.encode(charset)), said=text, type=f"text/plain; charset={charset}", cte="base64", reply=False, subject="Fout")
for charset, sample in {"iso-8859-15": "Zoë: €5", "koi8-r": "Принтер не работает", "iso-2022-jp": "プリンタが動きません", "shift_jis": "プリンタが動きません", "euc-kr": "프린터 고장", "gb18030": "打印机坏了", "big5": "印表機壞了", "iso-8859-8": "המדפסת מקולקלת", "windows-1251": "Принтер", "windows-1256": "الطابعة"}.items():
    msg(f"charset-{charset}", sample.encode(charset), said=sample, type=f"text/plain; charset={charset}", reply=False, subject="Fout", crlf=False)
msg("charset-none-8bit", text.encode("windows-1252"), said=text, type="text/plain", reply=False, subject="Fout")
msg("charset-unknown", text.encode(), said=text, type="text/plain; charset=x-anders", reply=False, subject="Fout")
msg("quoted-printable", quopri.encodestring(text.encode()), said=text, cte="quoted-printable", reply=False, subject="Fout")
msg("quoted-printable-broken", "50=% korting =E2=82=AC =ZZ einde=", said="50=% korting € =ZZ einde", cte="quoted-printable", reply=False, subject="Fout")
msg("base64-with-footer", base64.encodebytes(b"Hallo\n").decode() + "\n_______\nlijst mailing list\n", said="Hallo", cte="base64", reply=False, subject="Fout")
msg("flowed", "Dit is een lange zin die door het programma \nis afgebroken.\n\nEn dit is de volgende.\n", said="Dit is een lange zin die door het programma is afgebroken.\n\nEn dit is de volgende.", type="text/plain; charset=utf-8; format=flowed", reply=False, subject="Fout")
msg("encoded-subject", "Hallo", said="Hallo", subject="=?utf-8?B?RsO8ciBab8Or?= =?utf-8?Q?_en_=E2=82=AC?=", reply=False, expect_subject="Für Zoë en €")
msg("raw-8bit-header", "Hallo", said="Hallo", subject="Zoë belt", reply=False, expect_subject="Zoë belt")

# HTML ---------------------------------------------------------------------------------------------------------------
html = lambda name, body, said, **kw: msg(name, body, said=said, type="text/html; charset=utf-8", **kw)
html("html-only", "<html><head><style>p{color:red}</style><title>x</title></head><body><p>Dag,</p><p>zie <a href='https://acme.example/x'>deze pagina</a>.</p><ul><li>een<li>twee</ul><script>alert(1)</script></body></html>", "Dag,\n\nzie deze pagina <https://acme.example/x>.\n\n- een\n- twee", reply=False, subject="Vraag")
html("html-table", "<table><tr><th>Naam</th><th>Waarde</th></tr><tr><td><p class=MsoNormal>Code</p></td><td><p class=MsoNormal>E-42</p></td></tr></table>", "Naam | Waarde\nCode | E-42", reply=False, subject="Vraag")
html("html-hidden", "<div style='display:none'>niet te zien</div><p>Wel &lt;te&gt; zien<img src='https://x.example/t.gif' width=1 height=1></p><a href='javascript:x()'>klik</a>", "Wel <te> zien\n\nklik", reply=False, subject="Vraag")
html("html-gmail-quote", "<div dir=ltr>De foutcode is E-42.</div><br><div class=gmail_quote><div class=gmail_attr>Op di 21 apr 2026 om 10:00 schreef Dirk &lt;<a href='mailto:support@desk.example'>support@desk.example</a>&gt;:<br></div><blockquote class=gmail_quote style='border-left:1px solid'>Kunt u de foutcode sturen?</blockquote></div>", "De foutcode is E-42.", history="foutcode sturen")
html("html-outlook", "<div><p class=MsoNormal>De foutcode is E-42.</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal><b>Van:</b> Dirk &lt;support@desk.example&gt;<br><b>Verzonden:</b> dinsdag 21 april 2026 10:00<br><b>Aan:</b> Anna<br><b>Onderwerp:</b> [ACME-17]</p></div><p class=MsoNormal>Kunt u de foutcode sturen?</p></div>", "De foutcode is E-42.", history="foutcode sturen")
html("html-outlook-web", "<div>De foutcode is E-42.</div><div id=appendonsend></div><hr style='display:inline-block;width:98%'><div id=divRplyFwdMsg dir=ltr><font><b>From:</b> Dirk &lt;support@desk.example&gt;<br><b>Sent:</b> Tuesday, April 21, 2026 10:00 AM<br><b>To:</b> Anna<br><b>Subject:</b> x</font></div><div>Kunt u de foutcode sturen?</div>", "De foutcode is E-42.", history="foutcode sturen")
html("html-apple", "<html><body>De foutcode is E-42.<br><br><blockquote type=cite><div>Op 21 apr 2026 om 10:00 heeft Dirk &lt;support@desk.example&gt; het volgende geschreven:</div><br></blockquote><blockquote type=cite><div>Kunt u de foutcode sturen?</div></blockquote></body></html>", "De foutcode is E-42.", history="foutcode sturen")
html("html-signature", "<div>Dag</div><div class=gmail_signature>Anna Visser<br>Acme</div>", "Dag", history="Acme", reply=False, subject="Vraag")
html("html-unclosed", "<div><b>Dag <i>allemaal<p>x < y & z <a href=\"https://a.example/?x=1&amp;y=2>stuk", "Dag allemaal\n\nx < y & z stuk <https://a.example/?x=1&y=2>", reply=False, subject="Vraag")
msg("alternative", multi([part("text/plain; charset=utf-8", "platte tekst\n"), part("text/html", "<p>opgemaakte tekst</p>")]), said="platte tekst", type="multipart/alternative; boundary=b1", cte=None, reply=False, subject="Vraag")
msg("alternative-empty-plain", multi([part("text/plain", "\n"), part("text/html", "<p>opgemaakte tekst</p>")]), said="opgemaakte tekst", type="multipart/alternative; boundary=b1", cte=None, reply=False, subject="Vraag")
msg("alternative-excuse", multi([part("text/plain", "Your mail program does not show HTML.\n"), part("text/html", "<p>" + "De echte tekst staat hier. " * 5 + "</p>")]), said=("De echte tekst staat hier. " * 5).strip(), type="multipart/alternative; boundary=b1", cte=None, reply=False, subject="Vraag")
msg("inline-image", multi([part("text/html", "<p>Zie <img src='cid:i1@x'> hier</p>"), part("image/png; name=\"scherm.png\"", PNG, "base64", "inline; filename=\"scherm.png\"", "Content-ID: <i1@x>\n")]), said="Zie [image: scherm.png] hier", files=[("scherm.png", PNG)], type="multipart/related; boundary=b1", cte=None, reply=False, subject="Vraag")
msg("inline-image-outlook", multi([part("text/plain", "Zie [cid:image001.png@01D] hier\n"), part("image/png; name=\"image001.png\"", PNG, "base64", "inline; filename=\"image001.png\"", "Content-ID: <image001.png@01D>\n")]), said="Zie [image: image001.png] hier", files=[("image001.png", PNG)], type="multipart/related; boundary=b1", cte=None, reply=False, subject="Vraag")

# Files --------------------------------------------------------------------------------------------------------------
mixed = lambda name, *parts, **kw: msg(name, multi([part("text/plain; charset=utf-8", "Zie bijlage.\n"), *parts]), said="Zie bijlage.", type="multipart/mixed; boundary=b1", cte=None, reply=False, subject="Bijlage", **kw)
mixed("attachment-pdf", part("application/pdf", PDF, "base64", "attachment; filename=\"rapport.pdf\""), files=[("rapport.pdf", PDF)])
mixed("attachment-rfc2231", part("application/pdf", PDF, "base64", "attachment;\n filename*0*=utf-8''%E2%82%ACrap;\n filename*1*=port%20mei.pdf"), files=[("€rapport mei.pdf", PDF)])
mixed("attachment-rfc2047", part("application/pdf; name=\"=?utf-8?B?w6nDqW4ucGRm?=\"", PDF, "base64", "attachment; filename=\"=?utf-8?B?w6nDqW4ucGRm?=\""), files=[("één.pdf", PDF)])
mixed("attachment-hostile-path", part("application/pdf", PDF, "base64", "attachment; filename=\"../../etc/cron.d/x.sh\""), part("application/pdf", PDF, "base64", "attachment; filename=\"C:\\\\Windows\\\\system.ini\""), part("application/pdf", PDF, "base64", "attachment; filename=\"..\""), files=[("x.sh", PDF), ("system.ini", PDF), ("document.pdf", PDF)])
mixed("attachment-hostile-bidi", part("application/pdf", PDF, "base64", "attachment; filename*=utf-8''rapport%E2%80%AEfdp.exe"), files=[("rapportfdp.exe", PDF)])
mixed("attachment-long-name", part("application/pdf", PDF, "base64", "attachment; filename=\"" + "a" * 300 + ".pdf\""), files=[("a" * 116 + ".pdf", PDF)])
mixed("attachment-same-names", part("image/png", PNG, "base64", "attachment; filename=a.png"), part("image/png", PDF, "base64", "attachment; filename=A.png"), files=[("a.png", PNG), ("A-2.png", PDF)])
mixed("attachment-no-name", part("image/png", PNG, "base64", "attachment"), part("application/octet-stream", PDF, "base64"), files=[("image.png", PNG), ("attachment.bin", PDF)])
mixed("attachment-text-latin1", part("text/plain; charset=iso-8859-1; name=nota.txt", "zo\u00eb".encode("latin-1"), "base64", "attachment; filename=nota.txt"), files=[("nota.txt", "zo\u00eb".encode("latin-1"))])
mixed("attachment-text-7bit", part("text/csv; name=a.csv", "a;b\n1;2", None, "attachment; filename=a.csv"), files=[("a.csv", b"a;b\r\n1;2")])
mixed("attachment-empty", part("application/pdf", b"", "base64", "attachment; filename=leeg.pdf"), files=[("leeg.pdf", b"")])
mixed("winmail", part("application/ms-tnef; name=winmail.dat", PDF, "base64", "attachment; filename=winmail.dat"), files=[("winmail.dat", PDF)])
ICS = "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Overleg printer\nLOCATION:Zaal 2\nEND:VEVENT\nEND:VCALENDAR"
mixed("invitation", part("text/calendar; method=REQUEST; charset=utf-8", ICS), files=[("invite.ics", ICS.replace("\n", "\r\n").encode())])
msg("invitation-alone", ICS, said="Overleg printer\nZaal 2", files=[("invite.ics", ICS.replace("\n", "\r\n").encode())], type="text/calendar; method=REQUEST", reply=False, subject="Overleg")
INNER = "From: Klant <klant@elders.example>\nSubject: Kapot/stuk\nMessage-ID: <in@elders.example>\nContent-Type: text/plain\n\nMijn scherm is zwart."
mixed("forwarded-as-file", "Content-Type: message/rfc822\n\n" + INNER, files=[("Kapot-stuk.eml", INNER.replace("\n", "\r\n").encode())])
msg("forwarded-alone", multi(["Content-Type: message/rfc822\n\n" + INNER]), said="Kapot/stuk\nklant@elders.example\nMijn scherm is zwart.", files=[("Kapot-stuk.eml", INNER.replace("\n", "\r\n").encode())], type="multipart/mixed; boundary=b1", cte=None, reply=False, subject="Fwd: Kapot")
mixed("pgp-signed-file", part("application/pgp-signature; name=signature.asc", "-----BEGIN PGP SIGNATURE-----\nabc\n-----END PGP SIGNATURE-----"), files=[("signature.asc", b"-----BEGIN PGP SIGNATURE-----\r\nabc\r\n-----END PGP SIGNATURE-----")])
msg("pgp-encrypted", multi([part("application/pgp-encrypted", "Version: 1"), part("application/octet-stream; name=encrypted.asc", "-----BEGIN PGP MESSAGE-----\nabc\n-----END PGP MESSAGE-----", None, "inline; filename=encrypted.asc")]), said="[encrypted: PGP]", files=[("version.txt", b"Version: 1"), ("encrypted.asc", b"-----BEGIN PGP MESSAGE-----\r\nabc\r\n-----END PGP MESSAGE-----")], type="multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b1", cte=None, reply=False, subject="...")
msg("smime-encrypted", base64.encodebytes(PDF), said="[encrypted or signed: S/MIME]", files=[("smime.p7m", PDF)], type="application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", cte="base64", reply=False, subject="...")
msg("smime-signed", multi([part("text/plain", "Ondertekend.\n"), part("application/pkcs7-signature; name=smime.p7s", PDF, "base64", "attachment; filename=smime.p7s")]), said="Ondertekend.", files=[("smime.p7s", PDF)], type="multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=b1", cte=None, reply=False, subject="Getekend")
msg("uuencoded", "Zie bestand.\n\nbegin 644 cat.txt\n#0V%T\n`\nend\n", said="Zie bestand.", files=[("cat.txt", b"Cat")], type="text/plain", cte=None, reply=False, subject="uu")
msg("only-an-image", base64.encodebytes(PNG), said="", empty=True, files=[("foto.png", PNG)], type="image/png; name=foto.png", cte="base64", reply=False, subject="foto")
msg("no-end-boundary", multi([part("text/plain", "Tekst.\n"), part("application/pdf", PDF, "base64", "attachment; filename=a.pdf")])[:-7], said="Tekst.", files=[("a.pdf", PDF)], type="multipart/mixed; boundary=b1", cte=None, reply=False, subject="x")
msg("boundary-never-there", "Gewoon tekst.\n", said="Gewoon tekst.", type="multipart/mixed; boundary=b1", cte=None, reply=False, subject="x")
msg("empty", "", said="", empty=True, reply=False, subject="Alleen een onderwerp")

# Machines -----------------------------------------------------------------------------------------------------------
for name, line, kind in [("auto-replied", "Auto-Submitted: auto-replied (vacation)\n", "reply"), ("auto-generated", "Auto-Submitted: auto-generated\n", "reply"), ("auto-no", "Auto-Submitted: no\n", None), ("x-autoreply", "X-Autoreply: yes\n", "reply"), ("x-autorespond", "X-Autorespond: weg\n", "reply"), ("precedence-bulk", "Precedence: bulk\n", "list"), ("precedence-auto", "Precedence: auto_reply\n", "reply"), ("list-id", "List-Id: <gebruikers.elders.example>\n", "list"), ("empty-path", "Return-Path: <>\n", "reply"), ("x-loop", "X-Loop: support@desk.example\n", "reply"), ("own-mail", "X-Loket: desk.example; answered\nAuto-Submitted: auto-generated\n", "own")]:
    msg(f"machine-{name}", "Ik ben er niet.\n", said="Ik ben er niet.", top=line, automatic=kind, subject="Weg")
msg("machine-exchange-subject", "Ik ben er niet.\n", said="Ik ben er niet.", automatic="reply", subject="Automatisch antwoord: [ACME-17] Printer")
msg("human-answers-about-automatic-reply", "Ik las het.\n", said="Ik las het.", subject="Re: Automatisch antwoord: [ACME-17] Printer")
dsn = lambda action, status: multi([part("text/plain", "Het is niet aangekomen.\n"), "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.acme.example\n\nFinal-Recipient: rfc822; Anna@acme.example\nAction: %s\nStatus: %s\nDiagnostic-Code: smtp; 550 5.1.1 <anna@acme.example>: user unknown\n" % (action, status), "Content-Type: text/rfc822-headers\n\nMessage-ID: <abc@desk.example>\nSubject: x\n"])
for name, action, status, hard in [("hard", "failed", "5.1.1", True), ("soft", "failed", "4.4.1", False), ("delayed", "delayed", "4.4.7", False), ("relayed", "relayed", "2.0.0", False)]:
    msg(f"bounce-{name}", dsn(action, status), automatic="bounce", frm="Mail Delivery System <MAILER-DAEMON@mx.acme.example>", subject="Undelivered Mail Returned to Sender", top="Return-Path: <>\n", type="multipart/report; report-type=delivery-status; boundary=b1", cte=None, reply=False, bounce={"recipient": "anna@acme.example", "hard": hard, "original": "abc@desk.example", "status": status})
msg("bounce-qmail", "Hi. This is the qmail-send program at mx.acme.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<anna@acme.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <support@desk.example>\nMessage-ID: <abc@desk.example>\nSubject: x\n\nDag\n", automatic="bounce", frm="MAILER-DAEMON@mx.acme.example", subject="failure notice", top="Return-Path: <>\n", reply=False, bounce={"recipient": "anna@acme.example", "hard": True, "original": "abc@desk.example", "status": "5.1.1"})
msg("bounce-exim", "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered:\n\n  anna@acme.example\n    host mx.acme.example [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<anna@acme.example>:\n    550 5.1.1 user unknown\n\n------ This is a copy of the message, including all the headers. ------\n\nMessage-ID: <abc@desk.example>\n", automatic="bounce", frm="Mail Delivery System <Mailer-Daemon@mx.acme.example>", subject="Mail delivery failed: returning message to sender", top="Return-Path: <>\nX-Failed-Recipients: anna@acme.example\n", reply=False, bounce={"recipient": "anna@acme.example", "hard": True, "original": "abc@desk.example", "status": "5.1.1"})

here = pathlib.Path(__file__).parent
(here / "own").mkdir(exist_ok=True)
for old in (here / "own").iterdir():
    old.unlink()
for name, data in OWN.items():
    (here / "own" / f"{name}.eml").write_bytes(data)
(here / "own.json").write_text(json.dumps(EXPECT, ensure_ascii=False, indent=1) + "\n")

# What Python finds in the others' messages: of each part that is neither text nor a container, a hash of its bytes.
found = {}
for folder in ["python", "mail-parser", "flanker", "nodemailer-mailparser", "mailparse"]:
    for path in sorted((here / folder).iterdir()):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.compat32)
        stack, hashes = [message], []
        while stack:
            one = stack.pop()
            if one.get_content_maintype() == "message":
                continue
            if one.is_multipart():
                stack.extend(reversed(one.get_payload()))
                continue
            if one.get_content_maintype() not in ("text", "multipart") or one.get_content_disposition() == "attachment":
                payload = one.get_payload(decode=True)
                hashes.append(hashlib.sha256(payload or b"").hexdigest())
        found[f"{folder}/{path.name}"] = hashes
(here / "files.json").write_text(json.dumps(found, indent=1) + "\n")
print(len(OWN), "own messages,", len(found), "of others")
