// SPDX-License-Identifier: Apache-2.0

import SecureVTP
import Settings
import VTP

extension TLSConfiguration {
    init(_ section: inout SettingsSection) {
        let port = SettingsValue.integer(0...65_535)
        host = section.readIfPresent("host", .host)
        submitPort = section.read("submit_port", port, default: submitPort)
        subscribePort = section.read("subscribe_port", port, default: subscribePort)
        if submitPort == subscribePort, submitPort != 0 {
            section.reject("subscribe_port", "authors and subscribers cannot share port \(submitPort)")
        }
        let certificate = section.read("certificate", .path)
        let key = section.read("key", .path)
        // What is missing has been said.
        if !certificate.isEmpty, !key.isEmpty {
            do { credentials = try TLSCredentials(certificatePath: certificate, keyPath: key) } catch {
                let isOfKey = error.place.hasPrefix(key) && !error.place.hasPrefix(certificate)
                section.reject(isOfKey ? "key" : "certificate", error.fault, remedy: error.remedy)
            }
        }
        clients = section.certificates("client_ca")
    }
}

extension TLSTrust {
    /// Whose certificate an upstream may have: that of an authority in the file `ca`, else of one that the system knows;
    /// nil if TLS is not asked for.
    init?(ofUpstream section: inout SettingsSection) {
        let isSecure = section.read("tls", .boolean, default: false)
        let trust = section.certificates("ca")
        guard isSecure else {
            if trust != nil { section.reject("ca", "plain VTP has no certificates", remedy: "add 'tls: true'") }
            return nil
        }
        self = trust ?? .system
    }
}

extension SettingsSection {
    /// The certificates in a file that may be named; nil, with the mistake reported, if they cannot be read.
    fileprivate mutating func certificates(_ key: String) -> TLSTrust? {
        guard let path = readIfPresent(key, .path), !path.isEmpty else { return nil }
        do { return try TLSTrust(path: path) } catch {
            reject(key, error.fault, remedy: error.remedy)
            return nil
        }
    }
}

extension VTPError {
    /// The error with its place, without its remedy.
    fileprivate var fault: String { "\(place): \(message)" }
}
