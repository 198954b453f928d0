// SPDX-License-Identifier: Apache-2.0

/// The candidate that somebody who wrote `word` most likely meant; nil if none is near.
///
/// Near is at most one slip in three letters, where a slip is a letter too many, missing, wrong, or swapped with its
/// neighbour. Case, `-` and `_` do not count.
func suggestion(for word: String, among candidates: [String]) -> String? {
    // A key of absurd length is no slip of the finger, and the distance costs length times length.
    guard word.utf8.count <= 64 else { return nil }
    let wanted = normalized(word)
    let ranked = candidates.map { (distance: editDistance(wanted, normalized($0)), candidate: $0) }
    guard let best = ranked.min(by: { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }) else { return nil }
    return best.distance <= max(1, min(wanted.count, best.candidate.utf8.count) / 3) ? best.candidate : nil
}

private func normalized(_ word: String) -> [UInt8] {
    word.lowercased().utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: " ") }
}

/// Optimal string alignment distance between two byte strings.
///
/// - Reference: G. Navarro, "A guided tour to approximate string matching", ACM Computing Surveys 33 (2001).
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforePrevious = [Int](repeating: 0, count: right.count + 1)
    var previous = Array(0...right.count)
    for i in left.indices {
        var current = [i + 1]
        current.reserveCapacity(right.count + 1)
        for j in right.indices {
            var cost = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (left[i] == right[j] ? 0 : 1))
            if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                cost = min(cost, beforePrevious[j - 1] + 1)
            }
            current.append(cost)
        }
        beforePrevious = previous
        previous = current
    }
    return previous[right.count]
}
