//! Tables in Markdown. Nothing here knows what they are about.

/// A line of a table.
#[derive(Clone, Debug)]
pub struct Row {
    /// Counted from 1.
    pub line: usize,
    /// The heading above the table.
    pub heading: String,
    cells: Vec<(String, String)>,
}

impl Row {
    /// The cell under a head; empty when there is no such column.
    pub fn get(&self, head: &str) -> &str {
        self.cells.iter().find(|(name, _)| name == head).map_or("", |(_, cell)| cell)
    }
}

/// All rows of all tables of a text.
pub fn rows(text: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut heading = String::new();
    let mut heads: Option<Vec<String>> = None;
    for (line, text) in (1..).zip(text.lines()) {
        if let Some(title) = text.strip_prefix('#') {
            heading = title.trim_start_matches('#').trim().to_owned();
        }
        let Some(inner) = text.trim().strip_prefix('|').and_then(|text| text.strip_suffix('|')) else {
            heads = None;
            continue;
        };
        let cells: Vec<String> = inner.split('|').map(|cell| cell.trim().to_owned()).collect();
        match &heads {
            None => heads = Some(cells),
            Some(_) if cells.iter().all(|cell| cell.chars().all(|c| matches!(c, '-' | ':'))) => {}
            Some(heads) => {
                let cells = heads.iter().cloned().zip(cells).collect();
                rows.push(Row { line, heading: heading.clone(), cells });
            }
        }
    }
    rows
}
