// SPDX-License-Identifier: Apache-2.0

/// A planet as a place in the solar system. How a disk looks is the business of `Body`.
public enum Planet: String, Sendable, Hashable, CaseIterable {
    case mercury, venus, earth, mars, jupiter, saturn, uranus, neptune
}
