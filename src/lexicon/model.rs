//! The weights of the tagger for names of people, as its file holds them.
//!
//! In: the bytes of `names.tagger`, which `examples/train.rs` makes. Out: a [`Model`], which knows each feature by a hash
//! alone. What the features are is for `extract::tagger`.

/// How many labels a word can have.
pub const LABELS: usize = 4;

/// A weight for each label, in units of 1/32.
pub type Weights = [i8; LABELS];

/// What speaks for each label, in the same units.
pub type Scores = [i32; LABELS];

/// What speaks for going from one label to the next, in the same units.
pub type Transitions = [[i16; LABELS]; LABELS];

/// The weights of all features, by their hashes.
#[derive(Debug)]
pub struct Model {
    /// Open addressing; 0 is no key. The length is a power of two.
    rows: Vec<(u32, Weights)>,
    /// A bit for each key by its first bits, small enough to stay near the processor: most keys that are asked for are
    /// not there.
    there: Vec<u64>,
    transitions: Transitions,
    number: u64,
}

impl Model {
    /// How many bits tell whether a key may be there.
    const BITS: usize = 1 << 21;

    const MAGIC: &'static [u8; 8] = b"bayan-t1";

    /// A model of these weights; no key is 0, and none stands twice.
    pub fn new(weights: &[(u32, Weights)], transitions: Transitions) -> Model {
        let room = (weights.len() * 3 / 2 + 1).next_power_of_two();
        let mut model = Model {
            rows: vec![(0, [0; LABELS]); room],
            there: vec![0; Model::BITS / 64],
            transitions,
            number: super::next_number(),
        };
        for &(key, weights) in weights {
            let slot = model.slot(key);
            model.rows[slot] = (key, weights);
            let (word, bit) = Model::bit(key);
            model.there[word] |= bit;
        }
        model
    }

    /// The model that is built into the program.
    pub fn built_in() -> Option<Model> {
        Model::parse(include_bytes!("../../lexicon/names.tagger"))
    }

    /// Reads what [`Model::bytes`] made; `None` where it is something else.
    pub fn parse(bytes: &[u8]) -> Option<Model> {
        const ROW: usize = 4 + LABELS;
        let rest = bytes.strip_prefix(Model::MAGIC)?;
        let (head, rows) = rest.split_at_checked(2 * LABELS * LABELS)?;
        let mut transitions = Transitions::default();
        for (slot, pair) in transitions.iter_mut().flatten().zip(head.chunks_exact(2)) {
            *slot = i16::from_le_bytes([pair[0], pair[1]]);
        }
        let weights = rows.chunks_exact(ROW).map(|row| {
            let key = u32::from_le_bytes([row[0], row[1], row[2], row[3]]);
            let mut weights = [0; LABELS];
            for (weight, byte) in weights.iter_mut().zip(&row[4..]) {
                *weight = i8::from_le_bytes([*byte]);
            }
            (key, weights)
        });
        let weights: Vec<(u32, Weights)> = weights.filter(|&(key, _)| key != 0).collect();
        (rows.len() % ROW == 0).then(|| Model::new(&weights, transitions))
    }

    /// The model as a file, in the order of its keys.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Model::MAGIC.to_vec();
        for weight in self.transitions.iter().flatten() {
            bytes.extend(weight.to_le_bytes());
        }
        let mut rows = self.rows.clone();
        rows.retain(|&(key, _)| key != 0);
        rows.sort_unstable();
        for (key, weights) in rows {
            bytes.extend(key.to_le_bytes());
            bytes.extend(weights.iter().flat_map(|weight| weight.to_le_bytes()));
        }
        bytes
    }

    /// Tells this model from every other of the same run.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// What speaks for going from one label to the next.
    pub fn transitions(&self) -> &Transitions {
        &self.transitions
    }

    /// Adds what the feature `key` speaks for.
    pub fn add(&self, key: u32, scores: &mut Scores) {
        for (score, weight) in scores.iter_mut().zip(self.weights(key)) {
            *score += i32::from(weight);
        }
    }

    /// What stands under `key`; all 0 where nothing does.
    pub fn weights(&self, key: u32) -> Weights {
        let (word, bit) = Model::bit(key);
        if self.there[word] & bit == 0 {
            return [0; LABELS];
        }
        self.rows[self.slot(key)].1
    }

    /// The bit of `key`: its word, and its place there.
    fn bit(key: u32) -> (usize, u64) {
        let bit = (key >> 11) as usize % Model::BITS;
        (bit / 64, 1 << (bit % 64))
    }

    /// Where `key` stands or would stand.
    fn slot(&self, key: u32) -> usize {
        let mask = self.rows.len() - 1;
        let mut slot = key as usize & mask;
        while self.rows[slot].0 != key && self.rows[slot].0 != 0 {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_read_as_it_was_written_and_another_file_is_none() {
        let model = Model::new(
            &[(7, [1, -2, 3, 0]), (7 << 20, [0, 0, 0, -128])],
            [[-5, 0, 1, 300]; LABELS],
        );
        let bytes = model.bytes();
        let again = Model::parse(&bytes).map(|model| model.bytes());
        assert_eq!(again.as_ref(), Some(&bytes));
        for broken in [&b""[..], b"bayan-t1", &bytes[..bytes.len() - 1], b"- {id: EG}"] {
            assert!(Model::parse(broken).is_none());
        }
        let mut scores = [0; LABELS];
        model.add(7, &mut scores);
        model.add(8, &mut scores);
        assert_eq!(scores, [1, -2, 3, 0]);
    }
}
