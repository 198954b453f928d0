// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Testing

@testable import VTP

struct AccessTests {
    @Test(arguments: [
        ("192.0.2.0/24", "192.0.2.255", true), ("192.0.2.0/24", "192.0.3.0", false), ("192.0.2.7", "192.0.2.7", true),
        ("0.0.0.0/0", "255.255.255.255", true), ("0.0.0.0/0", "::1", false), ("::/0", "127.0.0.1", false),
        ("::/0", "2001:db8::1", true), ("2001:db8::/32", "2001:db8:ffff::", true), ("::1", "::1", true),
        ("2001:db8::/32", "2001:db9::", false), ("10.0.0.0/8", "::ffff:10.1.2.3", true),
        ("fe80::/10", "fe80::1%eth0", true),
        ("::ffff:0:0/96", "10.1.2.3", true),
    ])
    func `A network holds its addresses and no others`(network: String, address: String, isIn: Bool) throws {
        let range = try #require(AddressRange(network))
        #expect(range.contains(try #require(IPAddress(address))) == isIn)
        #expect(range.description == network)
    }

    @Test(arguments: [
        "", "/", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/+8", "192.0.2.0/08", "192.0.2.1/24", "192.0.2/24",
        "1.2.3.4.5",
        "192.0.2.256", "::/129", "2001:db8::1/32", ":::", "1:2:3:4:5:6:7", "1::2::3", "12345::", "localhost",
        "fe80::1%eth0",
        "1.2.3.4/8/8", "g::",
    ])
    func `What is no network is refused`(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test func `The authority of an ivorn is what stands before its first separator`() {
        #expect(AuthorGrant.authority(of: "ivo://PSWS.irap/flashes#1") == "psws.irap")
        #expect(AuthorGrant.authority(of: "ivo://psws.irap#1") == "psws.irap")
        #expect(AuthorGrant.authority(of: "ivo://psws.irap?1") == "psws.irap")
        #expect(AuthorGrant.authority(of: "http://psws.irap/") == "")
    }

    @Test func `A grant with keys is for who has proved to have one, in its networks if it names any`() throws {
        let (key, other) = ([UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32))
        let networks = [try #require(AddressRange("192.0.2.0/24"))]
        let (home, away) = (IPAddress("192.0.2.1"), IPAddress("203.0.113.1"))
        var rules = AccessRules()
        func objection(_ address: IPAddress?, _ key: [UInt8]?) -> String? {
            rules.objection(to: "ivo://psws.test/a#1", from: address, key: key)
        }
        rules.grants = [AuthorGrant(name: "by key", networks: [], keys: [key], authorities: ["psws.test"])]
        #expect(objection(away, key) == nil)
        for stranger in [nil, other] {
            #expect(objection(home, stranger) == "no author is known at this address or by this key")
        }
        rules.grants = [
            AuthorGrant(name: "by both", networks: networks, keys: [other, key], authorities: ["psws.test"])
        ]
        #expect(objection(home, key) == nil)
        #expect(objection(away, key) != nil && objection(home, nil) != nil && objection(nil, key) != nil)
        rules.grants = [AuthorGrant(name: "nobody", networks: [], authorities: ["psws.test"])]
        #expect(objection(home, key) != nil)
    }

    @Test func `An address may submit so much at once and so much in a minute`() throws {
        let limiter = RateLimiter()
        var rules = AccessRules()
        rules.eventsPerMinute = 60
        rules.eventBurst = 10
        let (first, second) = (try #require(IPAddress("192.0.2.1")), try #require(IPAddress("192.0.2.2")))
        func allowed(_ address: IPAddress, second: Int64, tries: Int = 100) -> Int {
            (0..<tries).count { _ in
                limiter.allows(
                    address, perMinute: rules.eventsPerMinute, burst: rules.eventBurst,
                    now: .uptimeNanoseconds(0) + .seconds(second))
            }
        }
        #expect(allowed(first, second: 0) == 10)
        #expect(allowed(second, second: 0) == 10)
        #expect(allowed(first, second: 3) == 3)
        #expect(allowed(first, second: 600) == 10)
        rules.eventsPerMinute = 0
        #expect(allowed(first, second: 600) == 100)
    }

    @Test func `This machine's own addresses are not limited, and idle ones are forgotten`() throws {
        let limiter = RateLimiter()
        var rules = AccessRules()
        rules.eventBurst = 1
        let own = try #require(IPAddress("127.0.0.9"))
        for _ in 0..<9 {
            #expect(
                limiter.allows(
                    own, perMinute: rules.eventsPerMinute, burst: rules.eventBurst, now: .uptimeNanoseconds(0)))
        }
        for number in 0..<5000 {
            let address = try #require(IPAddress("10.0.\(number / 256).\(number % 256)"))
            #expect(
                limiter.allows(
                    address, perMinute: rules.eventsPerMinute, burst: rules.eventBurst,
                    now: .uptimeNanoseconds(0) + .seconds(Int64(number))))
        }
        #expect(limiter.rememberedAddresses < 2000)
    }
}
