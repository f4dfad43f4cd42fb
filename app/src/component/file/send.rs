//! Sending files from the browser, one request each. `fetch` cannot tell how much of a request went, so this is an
//! `XMLHttpRequest`.

use domain::form::{FILE_MAX_BYTES, FILE_MAX_MB, FILES_MAX};
use domain::view::FileView;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::super::browser;
use super::{Entry, Picker, State};
use crate::ApiError;
use crate::api::wire::read_answer;
use crate::format;
use crate::words::common as words;

impl Picker {
    pub(super) fn chosen(self, event: &leptos::ev::Event) {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok()) else {
            return;
        };
        self.add(input.files());
        // So that the same file can be chosen again after it was removed.
        input.set_value("");
    }

    /// Takes what is dropped anywhere on the form around it, or pasted into it: a screenshot goes where one writes about
    /// it. Beside the form a dropped file is nobody's; the browser would leave the page to show it.
    pub(super) fn take_in(self, input: NodeRef<html::Input>) {
        Effect::new(move |_| {
            let Some(form) = input.get().and_then(|input| input.form()) else { return };
            let window = window();
            let over = browser::listen(&form, "dragover", move |event| {
                if has_files(&event) {
                    self.over.set(true);
                }
            });
            let leave = browser::listen(&form, "dragleave", move |_| self.over.set(false));
            let drop = browser::listen(&form, "drop", move |event| {
                self.over.set(false);
                self.add(dragged(&event).and_then(|data| data.files()));
            });
            let paste = browser::listen(&form, "paste", move |event| {
                let Some(data) = event.dyn_ref::<web_sys::ClipboardEvent>().and_then(|event| event.clipboard_data())
                else {
                    return;
                };
                // Programs put a picture of copied text beside the text.
                let text = data.get_data("text/plain").unwrap_or_default();
                if text.is_empty() && data.files().is_some_and(|files| files.length() > 0) {
                    event.prevent_default();
                    self.add(data.files());
                }
            });
            let stay = |event: web_sys::Event| {
                if has_files(&event) {
                    event.prevent_default();
                }
            };
            let stays = [browser::listen(&window, "dragover", stay), browser::listen(&window, "drop", stay)];
            StoredValue::new_local((over, leave, drop, paste, stays));
        });
    }

    fn add(self, files: Option<web_sys::FileList>) {
        let Some(files) = files else { return };
        let locale = self.locale;
        self.too_many.set(false);
        for index in 0..files.length() {
            let Some(file) = files.get(index) else { continue };
            let taken = self.entries.with_untracked(|entries| {
                entries.iter().filter(|entry| !matches!(entry.state.get_untracked(), State::Refused(_))).count()
            });
            if taken >= FILES_MAX as usize {
                self.too_many.set(true);
                return;
            }
            let bytes = file.size();
            let image = file.type_().starts_with("image/");
            let refused = if bytes > FILE_MAX_BYTES as f64 {
                Some(words::file_too_large(locale, &format::size(locale, bytes as i64), FILE_MAX_MB))
            } else if bytes == 0.0 {
                Some(words::file_is_empty(locale).to_owned())
            } else {
                None
            };
            let is_refused = refused.is_some();
            let state = refused.map_or(State::Sending(0), State::Refused);
            let entry = self.push(file.name(), bytes as i64, image, state);
            if !is_refused {
                self.files.update_value(|files| files.push((entry.key, file)));
                self.send(&entry);
            }
        }
    }

    pub(super) fn retry(self, entry: &Entry) {
        entry.state.set(State::Sending(0));
        self.send(entry);
    }

    fn send(self, entry: &Entry) {
        let locale = self.locale;
        let (key, state) = (entry.key, entry.state);
        let file = self.files.with_value(|files| files.iter().find(|(of, _)| *of == key).map(|(_, file)| file.clone()));
        let (Some(file), Ok(body)) = (file, web_sys::FormData::new()) else { return };
        let _ = body.append_with_str("place", &self.place.get_value());
        let _ = body.append_with_blob_and_filename("files", &file, &file.name());
        let progress = move |percent| {
            let _ = state.try_set(State::Sending(percent));
        };
        let done = move |status: u16, text: String| {
            let stored = (status == 200).then(|| read_answer::<Vec<FileView>>(&text).ok()).flatten();
            let ended = match stored.as_deref() {
                Some([file, ..]) => State::Stored(file.id),
                _ => match read_answer::<ApiError>(&text).as_ref().map(|error| error.problems().first()) {
                    Ok(Some(problem)) => State::Refused(words::problem(locale, &problem.problem)),
                    _ => State::Failed(words::upload_failed(locale).to_owned()),
                },
            };
            // Removed while it was on its way: then it is taken back.
            let removed = self.entries.try_with_untracked(|entries| !entries.iter().any(|entry| entry.key == key));
            match (&ended, removed) {
                (State::Stored(id), Some(true)) => take_back(*id),
                _ => {
                    let _ = state.try_set(ended);
                }
            }
        };
        if browser::upload("/api/file/upload", &body, progress, done).is_none() {
            state.set(State::Failed(words::upload_failed(locale).to_owned()));
        }
    }

    pub(super) fn remove(self, entry: &Entry) {
        self.too_many.set(false);
        self.entries.update(|entries| entries.retain(|other| other.key != entry.key));
        self.files.update_value(|files| files.retain(|(key, _)| *key != entry.key));
        if let State::Stored(id) = entry.state.get_untracked() {
            take_back(id);
        }
    }
}

fn take_back(id: i64) {
    let body = browser::form_body(&[("file_id", &id.to_string())]);
    // A file that stays behind on the server is never sent without its place's next submit; nothing to tell anyone.
    let _ = browser::post("/api/file/remove_upload", &body, |_, _| ());
}

/// What is dragged, when it is files: text that is moved within the page is none of ours.
fn dragged(event: &web_sys::Event) -> Option<web_sys::DataTransfer> {
    let data = event.dyn_ref::<web_sys::DragEvent>()?.data_transfer()?;
    data.types().includes(&"Files".into(), 0).then_some(data)
}

fn has_files(event: &web_sys::Event) -> bool {
    dragged(event).is_some()
}
