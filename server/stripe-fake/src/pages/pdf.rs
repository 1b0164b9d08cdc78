//! The smallest PDF that shows a few lines of text.

use std::fmt::Write as _;

/// One A4 page with these lines. Letters outside Latin-1 are shown as question marks.
pub(super) fn one_page(lines: &[String]) -> Vec<u8> {
    let mut text = b"BT /F1 12 Tf 56 780 Td 18 TL\n".to_vec();
    for line in lines {
        text.push(b'(');
        for letter in line.chars() {
            match u8::try_from(u32::from(letter)) {
                Ok(byte @ (b'(' | b')' | b'\\')) => text.extend([b'\\', byte]),
                Ok(byte) => text.push(byte),
                Err(_) => text.push(b'?'),
            }
        }
        text.extend(b") Tj T*\n");
    }
    text.extend(b"ET");

    let mut stream = format!("<< /Length {} >>\nstream\n", text.len()).into_bytes();
    stream.extend(text);
    stream.extend(b"\nendstream");
    let objects: [Vec<u8>; 5] = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
          /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_vec(),
        stream,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    file(&objects)
}

/// Objects numbered from 1, with the table of where they begin.
fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (index, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        file.extend(format!("{} 0 obj\n", index + 1).into_bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    file.extend(table.into_bytes());
    let trailer =
        format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    file.extend(trailer.into_bytes());
    file
}

#[cfg(test)]
mod tests {
    use super::one_page;

    #[test]
    fn the_table_points_at_the_objects() {
        let pdf = one_page(&["Total (1) 5 €".to_owned()]);
        let text = String::from_utf8_lossy(&pdf).into_owned();
        assert!(text.contains("(Total \\(1\\) 5 ?) Tj"));
        let table = text.split("0000000000 65535 f \n").nth(1).unwrap();
        for (index, row) in table.lines().take(5).enumerate() {
            let at: usize = row[..10].parse().unwrap();
            assert!(text[at..].starts_with(&format!("{} 0 obj", index + 1)), "{row}");
        }
    }
}
