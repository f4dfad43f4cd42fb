//! Writing. Done by the server, so plain and fast rather than small.

use serde::ser::{self, Serialize};

use super::WireError;

pub(super) struct Writer<'a> {
    text: &'a mut String,
}

impl<'a> Writer<'a> {
    pub(super) const fn new(text: &'a mut String) -> Self {
        Self { text }
    }

    fn number(&mut self, number: impl itoa::Integer) {
        self.text.push_str(itoa::Buffer::new().format(number));
    }

    fn string(&mut self, value: &str) {
        self.text.push('"');
        let mut from = 0;
        for (at, byte) in value.bytes().enumerate() {
            let escape = match byte {
                b'"' => "\\\"",
                b'\\' => "\\\\",
                b'\n' => "\\n",
                b'\t' => "\\t",
                b'\r' => "\\r",
                0..0x20 => "",
                _ => continue,
            };
            self.text.push_str(&value[from..at]);
            if escape.is_empty() {
                const HEX: &[u8; 16] = b"0123456789abcdef";
                self.text.push_str("\\u00");
                self.text.push(char::from(HEX[usize::from(byte >> 4)]));
                self.text.push(char::from(HEX[usize::from(byte & 15)]));
            } else {
                self.text.push_str(escape);
            }
            from = at + 1;
        }
        self.text.push_str(&value[from..]);
        self.text.push('"');
    }

    fn list(&mut self) -> List<'_, 'a> {
        self.text.push('[');
        List { writer: self, first: true, end: "]" }
    }

    /// A variant that holds something, up to what it holds.
    fn variant(&mut self, number: u32) {
        self.text.push('[');
        self.number(number);
        self.text.push(',');
    }
}

impl ser::Error for WireError {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self::Unsupported
    }
}

macro_rules! numbers {
    ($($method:ident $type:ty),*) => {$(
        fn $method(self, value: $type) -> Result<(), WireError> {
            self.number(value);
            Ok(())
        }
    )*};
}

impl<'w, 'a> ser::Serializer for &'w mut Writer<'a> {
    type Ok = ();
    type Error = WireError;
    type SerializeSeq = List<'w, 'a>;
    type SerializeTuple = List<'w, 'a>;
    type SerializeTupleStruct = List<'w, 'a>;
    type SerializeTupleVariant = List<'w, 'a>;
    type SerializeMap = List<'w, 'a>;
    type SerializeStruct = List<'w, 'a>;
    type SerializeStructVariant = List<'w, 'a>;

    numbers! {
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64
    }

    fn serialize_bool(self, value: bool) -> Result<(), WireError> {
        self.text.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_f32(self, _: f32) -> Result<(), WireError> {
        Err(WireError::Unsupported)
    }

    fn serialize_f64(self, _: f64) -> Result<(), WireError> {
        Err(WireError::Unsupported)
    }

    fn serialize_char(self, value: char) -> Result<(), WireError> {
        self.string(value.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<(), WireError> {
        self.string(value);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), WireError> {
        Err(WireError::Unsupported)
    }

    fn serialize_none(self) -> Result<(), WireError> {
        self.serialize_unit()
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), WireError> {
        let before = self.text.len();
        value.serialize(&mut *self)?;
        // An option of nothing, or of an option that is empty, would be read as `None`.
        if &self.text[before..] == "null" { Err(WireError::Unsupported) } else { Ok(()) }
    }

    fn serialize_unit(self) -> Result<(), WireError> {
        self.text.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), WireError> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, number: u32, _: &'static str) -> Result<(), WireError> {
        self.number(number);
        Ok(())
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Result<(), WireError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        number: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), WireError> {
        self.variant(number);
        value.serialize(&mut *self)?;
        self.text.push(']');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'w, 'a>, WireError> {
        Ok(self.list())
    }

    fn serialize_tuple(self, _: usize) -> Result<List<'w, 'a>, WireError> {
        Ok(self.list())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List<'w, 'a>, WireError> {
        Ok(self.list())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        number: u32,
        _: &'static str,
        _: usize,
    ) -> Result<List<'w, 'a>, WireError> {
        self.variant(number);
        Ok(List { end: "]]", ..self.list() })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<List<'w, 'a>, WireError> {
        Ok(self.list())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<List<'w, 'a>, WireError> {
        Ok(self.list())
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        number: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<List<'w, 'a>, WireError> {
        self.serialize_tuple_variant(name, number, variant, length)
    }
}

/// What stands between brackets.
pub(super) struct List<'w, 'a> {
    writer: &'w mut Writer<'a>,
    first: bool,
    end: &'static str,
}

impl List<'_, '_> {
    fn item<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), WireError> {
        if !self.first {
            self.writer.text.push(',');
        }
        self.first = false;
        value.serialize(&mut *self.writer)
    }

    fn close(self) {
        self.writer.text.push_str(self.end);
    }
}

macro_rules! lists {
    ($($trait:ident $method:ident),*) => {$(
        impl ser::$trait for List<'_, '_> {
            type Ok = ();
            type Error = WireError;

            fn $method<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), WireError> {
                self.item(value)
            }

            fn end(self) -> Result<(), WireError> {
                self.close();
                Ok(())
            }
        }
    )*};
}

macro_rules! structures {
    ($($trait:ident),*) => {$(
        impl ser::$trait for List<'_, '_> {
            type Ok = ();
            type Error = WireError;

            fn serialize_field<T: ?Sized + Serialize>(&mut self, _: &'static str, value: &T) -> Result<(), WireError> {
                self.item(value)
            }

            fn end(self) -> Result<(), WireError> {
                self.close();
                Ok(())
            }
        }
    )*};
}

lists! {
    SerializeSeq serialize_element, SerializeTuple serialize_element, SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
}
structures! { SerializeStruct, SerializeStructVariant }

impl ser::SerializeMap for List<'_, '_> {
    type Ok = ();
    type Error = WireError;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), WireError> {
        self.item(key)
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), WireError> {
        self.item(value)
    }

    fn end(self) -> Result<(), WireError> {
        self.close();
        Ok(())
    }
}
