// SPDX-License-Identifier: Apache-2.0

/// The files that an event's evidence consists of, for the references of its VOEvent.
public struct EvidenceFiles: Sendable, Hashable {
    /// One written file.
    public struct File: Sendable, Hashable {
        /// What the file is.
        public var kind: EvidenceFileKind
        /// Name in its directory.
        public var name: String
        /// Size in bytes.
        public var byteCount: Int
    }

    /// The files in the order cube, light curve, picture.
    public var files: [File]
    /// What could not be kept, in sentences for the log; empty if everything is there.
    public var remarks: [String]

    /// Sum of the sizes, in bytes.
    public var byteCount: Int { files.reduce(0) { $0 + $1.byteCount } }
}

/// The kinds of files that evidence consists of.
public enum EvidenceFileKind: String, Sendable, Hashable, CaseIterable {
    /// The surroundings of the event as a FITS cube.
    case cube
    /// The light curve as a VOTable.
    case lightCurve
    /// The picture for people.
    case picture

    /// Media type (RFC 4047 for FITS).
    public var mediaType: String {
        switch self {
        case .cube: "image/fits"
        case .lightCurve: "application/x-votable+xml"
        case .picture: "image/png"
        }
    }

    /// What the file shows, in one phrase.
    public var meaning: String {
        switch self {
        case .cube: "frames around the event before, during and after it"
        case .lightCurve: "light curve of the event"
        case .picture: "picture of the frames and the light curve"
        }
    }

    /// Name of the file for an event: known before it is written. Characters of the event's name that are not safe in
    /// file names, in URLs and on the command line become `_`.
    public func fileName(event name: String) -> String {
        EvidenceFileKind.safe(name) + suffix
    }

    private var suffix: String {
        switch self {
        case .cube: ".fits"
        case .lightCurve: ".lightcurve.vot"
        case .picture: ".png"
        }
    }

    private static func safe(_ name: String) -> String {
        var text = ""
        for scalar in name.unicodeScalars.prefix(120) {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", "_": text.unicodeScalars.append(scalar)
            // A dot in front hides the file, two of them lead out of the directory.
            case "." where !text.isEmpty && text.last != ".": text.unicodeScalars.append(scalar)
            default: text += "_"
            }
        }
        // A dash in front looks like an option.
        if text.isEmpty || text.hasPrefix("-") { text = "event" + text }
        return text
    }
}
