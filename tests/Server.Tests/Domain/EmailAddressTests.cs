using CsCheck;
using Gatehouse.Domain;
using Xunit;

namespace Gatehouse.Tests.Domain;

/// <summary>One canonical form, and nothing else is ever compared (T14).</summary>
public sealed class EmailAddressTests
{
    private static readonly Gen<string> Atom = Gen.Char["abcXYZ019!#$%&'*+-/=?^_`{|}~"].Array[1, 10]
        .Select(letters => new string(letters));

    private static readonly Gen<string> Addresses =
        from local in Atom.Array[1, 3]
        from domain in Gen.Char["abcXYZ"].Array[1, 10].Select(letters => new string(letters)).Array[2, 4]
        select $"{string.Join('.', local)}@{string.Join('.', domain)}";

    [Theory]
    [InlineData("ada@example.org", "ada@example.org")]
    [InlineData("  Ada@Example.ORG\t", "ada@example.org")]
    [InlineData("ADA+news@example.org", "ada+news@example.org")]
    [InlineData("a.d.a@sub.example.org", "a.d.a@sub.example.org")]
    [InlineData("o'brien!#$%&*-/=?^_`{|}~@example.org", "o'brien!#$%&*-/=?^_`{|}~@example.org")]
    [InlineData("ada@bücher.example", "ada@xn--bcher-kva.example")]
    [InlineData("ada@XN--BCHER-KVA.example", "ada@xn--bcher-kva.example")]
    [InlineData("ada@例え.テスト", "ada@xn--r8jz45g.xn--zckzah")]
    public void Address_has_one_canonical_form(string text, string canonical)
    {
        var address = Parsed(text);
        Assert.Equal(canonical, address.Canonical);
        Assert.Equal(text.Trim(), address.Spelling);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t ")]
    public void Nothing_is_not_an_address(string? text) => Assert.Equal(Reason.Required, ReasonOf(text));

    [Theory]
    [InlineData("ada")]
    [InlineData("@example.org")]
    [InlineData("ada@")]
    [InlineData("ada@localhost")]
    [InlineData("ada@example.org.")]
    [InlineData("ada@.example.org")]
    [InlineData("ada@example..org")]
    [InlineData("ada@-example.org")]
    [InlineData("ada@exa_mple.org")]
    [InlineData("ada@127.0.0.1")]
    [InlineData("ada@[127.0.0.1]")]
    [InlineData("ada@[IPv6:::1]")]
    [InlineData(".ada@example.org")]
    [InlineData("ada.@example.org")]
    [InlineData("a..da@example.org")]
    [InlineData("ada@example.org@evil.example")]
    [InlineData("ada@evil.example@example.org")]
    [InlineData("\"ada\"@example.org")]
    [InlineData("\"ada@evil.example\"@example.org")]
    [InlineData("\"a\r\nRCPT TO:<eve@evil.example>\"@example.org")]
    [InlineData("ada@example.org,eve@evil.example")]
    [InlineData("ada@example.org;eve@evil.example")]
    [InlineData("ada@example.org eve@evil.example")]
    [InlineData("Ada <ada@example.org>")]
    [InlineData("<ada@example.org>")]
    [InlineData("ada(comment)@example.org")]
    [InlineData("ada:eve@example.org")]
    [InlineData("ada\\eve@example.org")]
    public void Malformed_address_is_refused(string text) => Assert.Equal(Reason.InvalidFormat, ReasonOf(text));

    [Theory]
    [InlineData('\r')]
    [InlineData('\n')]
    [InlineData('\0')]
    [InlineData('\u0085')]
    [InlineData('\u2028')]
    [InlineData('\u2029')]
    [InlineData('\u000b')]
    [InlineData('\u001b')]
    [InlineData('\u007f')]
    [InlineData('\u00a0')]
    [InlineData('\ud800')]
    public void Character_that_could_end_a_line_is_refused_wherever_it_stands(char c)
    {
        const string address = "ada@example.org";
        for (var at = 0; at <= address.Length; at++)
            Assert.Equal(Reason.InvalidFormat, ReasonOf(address.Insert(at, c.ToString())));
    }

    [Fact]
    public void Length_is_limited()
    {
        Assert.Equal(64, Parsed(new string('a', 64) + "@example.org").Canonical.IndexOf('@', StringComparison.Ordinal));
        Assert.Equal(Reason.InvalidFormat, ReasonOf(new string('a', 65) + "@example.org"));
        var domain = string.Concat(Enumerable.Repeat("abcdefg.", 24)) + "org";
        Assert.Equal(254, Parsed(new string('a', 254 - 1 - domain.Length) + "@" + domain).Spelling.Length);
        Assert.Equal(Reason.InvalidFormat, ReasonOf(new string('a', 255 - 1 - domain.Length) + "@" + domain));
        Assert.Equal(Reason.InvalidFormat, ReasonOf("a@" + new string('b', 64) + ".org"));
    }

    [Fact]
    public void Canonical_form_is_its_own_canonical_form() =>
        Addresses.Sample(text => Parsed(Parsed(text).Canonical).Canonical == Parsed(text).Canonical);

    [Fact]
    public void Case_makes_no_difference() => Addresses.Sample(text =>
        Parsed(text.ToUpperInvariant()).Canonical == Parsed(text).Canonical
        && Parsed(text.ToLowerInvariant()).Canonical == Parsed(text).Canonical);

    [Fact]
    public void Canonical_form_is_lower_case_ASCII() => Gen.String.Sample(text =>
        EmailAddress.Parse($"a@{text}").Match(
            address => address.Canonical.All(c => char.IsAscii(c) && !char.IsUpper(c)), _ => true));

    [Fact]
    public void Local_part_outside_of_ASCII_is_refused() => Gen.Char['\u0080', '\uffff'].Sample(c =>
        ReasonOf($"ad{c}a@example.org") == Reason.InvalidFormat);

    [Fact]
    public void Any_text_at_all_is_answered() =>
        Gen.String.Sample(text => EmailAddress.Parse(text).Match(_ => true, refusal => refusal.Field == Field.Email));

    private static EmailAddress Parsed(string text) =>
        EmailAddress.Parse(text).Match(
            address => address, refusal => throw new InvalidOperationException($"{refusal}"));

    private static Reason? ReasonOf(string? text) => EmailAddress.Parse(text).Refusal?.Reason;
}
