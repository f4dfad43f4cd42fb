//! Reading. Kept small in what is compiled per type: errors carry no text, and strings and numbers are read by
//! functions that know no type.

use serde::de::{self, DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::WireError;

/// The text that is not read yet.
pub(super) struct Reader<'de> {
    rest: &'de str,
}

impl<'de> Reader<'de> {
    pub(super) const fn new(text: &'de str) -> Self {
        Self { rest: text }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// Takes this text if it comes next.
    fn take(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, text: &str) -> Result<(), WireError> {
        if self.take(text) { Ok(()) } else { Err(WireError::Malformed) }
    }

    pub(super) fn end_list(&mut self) -> Result<(), WireError> {
        self.expect("]")
    }

    /// An integer as JSON writes it (RFC 8259): no sign but `-`, no leading zero.
    fn digits(&mut self) -> Result<&'de str, WireError> {
        let sign = usize::from(self.rest.starts_with('-'));
        let length = self.rest.as_bytes()[sign..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (number, rest) = self.rest.split_at(sign + length);
        if length > 1 && number.as_bytes()[sign] == b'0' {
            return Err(WireError::Malformed);
        }
        self.rest = rest;
        Ok(number)
    }

    fn signed(&mut self) -> Result<i64, WireError> {
        self.digits()?.parse().map_err(|_| WireError::Malformed)
    }

    fn unsigned(&mut self) -> Result<u64, WireError> {
        self.digits()?.parse().map_err(|_| WireError::Malformed)
    }

    fn boolean(&mut self) -> Result<bool, WireError> {
        let value = self.take("true");
        if value || self.take("false") { Ok(value) } else { Err(WireError::Malformed) }
    }

    fn string(&mut self) -> Result<String, WireError> {
        self.expect("\"")?;
        let mut text = String::new();
        loop {
            let end = self.rest.find(['"', '\\']).ok_or(WireError::Malformed)?;
            text.push_str(&self.rest[..end]);
            let escaped = self.rest.as_bytes()[end] == b'\\';
            self.rest = &self.rest[end + 1..];
            if !escaped {
                return Ok(text);
            }
            text.push(self.escape()?);
        }
    }

    /// What follows a backslash. The writer uses a hexadecimal number for control characters only, so surrogate pairs
    /// do not occur.
    fn escape(&mut self) -> Result<char, WireError> {
        let next = self.rest.chars().next().ok_or(WireError::Malformed)?;
        self.rest = &self.rest[next.len_utf8()..];
        Ok(match next {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            '"' | '\\' => next,
            'u' => {
                let digits = self.rest.get(..4).ok_or(WireError::Malformed)?;
                self.rest = &self.rest[4..];
                let code = u32::from_str_radix(digits, 16).map_err(|_| WireError::Malformed)?;
                char::from_u32(code).ok_or(WireError::Malformed)?
            }
            _ => return Err(WireError::Malformed),
        })
    }
}

impl de::Error for WireError {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self::Malformed
    }

    // The default ones put a sentence together, for every type that is read.
    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self::Malformed
    }

    fn invalid_value(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self::Malformed
    }

    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        Self::Malformed
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self::Malformed
    }
}

/// Integers of every width: the visitor refuses what does not fit.
macro_rules! signed {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WireError> {
            visitor.visit_i64(self.signed()?)
        }
    )*};
}

macro_rules! unsupported {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, _: V) -> Result<V::Value, WireError> {
            Err(WireError::Unsupported)
        }
    )*};
}

impl<'de> de::Deserializer<'de> for &mut Reader<'de> {
    type Error = WireError;

    signed! { deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16 deserialize_u32 }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WireError> {
        visitor.visit_u64(self.unsigned()?)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WireError> {
        visitor.visit_bool(self.boolean()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WireError> {
        visitor.visit_string(self.string()?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WireError> {
        self.deserialize_string(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WireError> {
        self.deserialize_string(visitor)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WireError> {
        self.expect("null")?;
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, WireError> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WireError> {
        if self.take("null") { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, WireError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WireError> {
        self.expect("[")?;
        let value = visitor.visit_seq(Items { reader: self, first: true })?;
        self.end_list()?;
        Ok(value)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, WireError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, WireError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, WireError> {
        self.deserialize_seq(visitor)
    }

    /// Keys and values in turn.
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, WireError> {
        self.expect("[")?;
        let value = visitor.visit_map(Items { reader: self, first: true })?;
        self.end_list()?;
        Ok(value)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, WireError> {
        let filled = self.take("[");
        let value = visitor.visit_enum(Variant { reader: self, filled })?;
        if filled {
            self.end_list()?;
        }
        Ok(value)
    }

    unsupported! {
        deserialize_any deserialize_ignored_any deserialize_identifier deserialize_bytes deserialize_byte_buf
        deserialize_f32 deserialize_f64
    }
}

/// What stands between brackets.
struct Items<'a, 'de> {
    reader: &'a mut Reader<'de>,
    first: bool,
}

impl Items<'_, '_> {
    /// Whether another item follows; takes the comma before it.
    fn another(&mut self) -> Result<bool, WireError> {
        if self.reader.rest.starts_with(']') {
            return Ok(false);
        }
        if !self.first {
            self.reader.expect(",")?;
        }
        self.first = false;
        Ok(true)
    }
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = WireError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, WireError> {
        if self.another()? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }
}

impl<'de> MapAccess<'de> for Items<'_, 'de> {
    type Error = WireError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, WireError> {
        self.next_element_seed(seed)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, WireError> {
        self.next_element_seed(seed)?.ok_or(WireError::Malformed)
    }
}

/// A variant: its number, or a list of its number and what it holds.
struct Variant<'a, 'de> {
    reader: &'a mut Reader<'de>,
    filled: bool,
}

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = WireError;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), WireError> {
        let number = u32::try_from(self.reader.unsigned()?).map_err(|_| WireError::Malformed)?;
        let variant = seed.deserialize(IntoDeserializer::<WireError>::into_deserializer(number))?;
        Ok((variant, self))
    }
}

impl Variant<'_, '_> {
    /// Goes on to what the variant holds. Without the bracket, a comma that follows is not the variant's.
    fn enter(&mut self) -> Result<(), WireError> {
        if self.filled { self.reader.expect(",") } else { Err(WireError::Malformed) }
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = WireError;

    fn unit_variant(self) -> Result<(), WireError> {
        if self.filled { Err(WireError::Malformed) } else { Ok(()) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(mut self, seed: T) -> Result<T::Value, WireError> {
        self.enter()?;
        seed.deserialize(self.reader)
    }

    fn tuple_variant<V: Visitor<'de>>(mut self, _: usize, visitor: V) -> Result<V::Value, WireError> {
        self.enter()?;
        de::Deserializer::deserialize_seq(self.reader, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, WireError> {
        self.tuple_variant(0, visitor)
    }
}
