// SPDX-License-Identifier: Apache-2.0

extension PSWSVocabulary {
    /// How well an event is established: A, B, C or X.
    public static let eventClass = PSWSParameter(
        "class", ucd: "meta.code.qual", .string,
        "A validated by two cameras or sites, B suspected in several frames, C suspected in one frame, or faint in a campaign, X rejected"
    )
    /// Why the class is what it is.
    public static let classReasons = PSWSParameter(
        "class_reasons", ucd: "meta.code", .string, "Codes of the reasons for kind and class, separated by spaces")
}
