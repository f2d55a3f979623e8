using Gatehouse.Domain;
using Xunit;

namespace Gatehouse.Tests.Domain;

/// <summary>
/// Look-alikes that some function somewhere folds into another address (T14): each is refused or stays apart.
/// </summary>
public sealed class LookalikeTests
{
    /// <summary>Each with a character that upper-casing, lower-casing, NFKC or a font makes another one of.</summary>
    public static readonly IReadOnlyList<(string Address, string Lookalike)> Pairs =
    [
        // Case mappings that leave ASCII: Kelvin, long s, dotted and dotless i.
        ("kim@example.org", "\u212aim@example.org"), ("kim@key.example", "kim@\u212aey.example"),
        ("sam@example.org", "\u017fam@example.org"), ("sam@sea.example", "sam@\u017fea.example"),
        ("ian@example.org", "\u0131an@example.org"), ("ian@ink.example", "ian@\u0131nk.example"),
        ("ian@example.org", "\u0130an@example.org"), ("ian@ink.example", "ian@\u0130nk.example"),
        ("aa@example.org", "a\u00e5@example.org"), ("angstrom@\u00e5.example", "angstrom@\u212b.example"),
        ("ss@example.org", "\u00df@example.org"), ("ss@strasse.example", "ss@stra\u00dfe.example"),
        ("ss@strasse.example", "ss@stra\u1e9ee.example"), ("omega@\u03c9.example", "omega@\u2126.example"),
        ("sigma@\u03c3\u03c3.example", "sigma@\u03c3\u03c2.example"), ("mu@\u03bc.example", "mu@\u00b5.example"),
        // Full width, mathematical, circled, superscript.
        ("ada@example.org", "\uff41da@example.org"), ("ada@example.org", "ada@\uff45xample.org"),
        ("ada@example.org", "ada\uff20example.org"), ("ada@example.org", "ada@example\uff0eorg"),
        ("ada@example.org", "ada@example\u3002org"), ("ada@example.org", "ada@example\uff61org"),
        ("ada@example.org", "\u24d0da@example.org"), ("ada@example.org", "ada@\u24d4xample.org"),
        ("ada@example.org", "\ud835\udc1ada@example.org"), ("ada@example.org", "ada@\ud835\udc1example.org"),
        ("ada2@example.org", "ada\u00b2@example.org"), ("ada@2.example", "ada@\u00b2.example"),
        ("ada1@example.org", "ada\u0661@example.org"), ("ada@x1.example", "ada@x\uff11.example"),
        // Ligatures and digraphs.
        ("fi@example.org", "\ufb01@example.org"), ("fi@fine.example", "fi@\ufb01ne.example"),
        ("ffi@example.org", "\ufb03@example.org"), ("st@stone.example", "st@\ufb06one.example"),
        ("ij@example.org", "\u0133@example.org"), ("dz@dz.example", "dz@\u01f3.example"),
        ("lj@example.org", "\u01c9@example.org"), ("ae@ae.example", "ae@\u00e6.example"),
        // Combining marks, composed or not.
        ("ada@example.org", "a\u0301da@example.org"), ("ada@\u00e9.example", "ada@e\u0301.example"),
        ("ada@\u00fc.example", "ada@u\u0308.example"), ("ada@example.org", "ada@e\u0338xample.org"),
        // Other alphabets.
        ("ada@example.org", "\u0430da@example.org"), ("ada@apple.example", "ada@\u0430pple.example"),
        ("ada@example.org", "ad\u03b1@example.org"), ("ada@example.org", "ada@ex\u0430mple.org"),
        ("ada@cope.example", "ada@\u0441\u043e\u0440\u0435.example"), ("ada@o.example", "ada@\u03bf.example"),
        ("ada@l.example", "ada@\u04cf.example"), ("ada@example.org", "ada@example.\u043erg"),
        // What cannot be seen at all.
        ("ada@example.org", "a\u00adda@example.org"), ("ada@example.org", "ada@exa\u00admple.org"),
        ("ada@example.org", "a\u200bda@example.org"), ("ada@example.org", "ada@exa\u200bmple.org"),
        ("ada@example.org", "ada@exa\u200cmple.org"), ("ada@example.org", "ada@exa\u200dmple.org"),
        ("ada@example.org", "\ufeffada@example.org"), ("ada@example.org", "ada@example.org\ufeff"),
        ("ada@example.org", "\u202eada@example.org"), ("ada@example.org", "ada@exa\u2060mple.org"),
        ("ada@example.org", "ada@example.org\u3000"), ("ada@example.org", "\u00a0ada@example.org"),
        // What servers of one provider ignore and others do not.
        ("ada@example.org", "a.da@example.org"), ("ada@example.org", "ada+x@example.org"),
    ];

    [Fact]
    public void There_are_sixty_of_them() => Assert.True(Pairs.Count >= 60, $"{Pairs.Count}");

    [Fact]
    public void Lookalike_is_never_the_other_address() => Assert.All(Pairs, pair =>
    {
        Assert.NotNull(Canonical(pair.Address));
        Assert.NotEqual(Canonical(pair.Address), Canonical(pair.Lookalike));
    });

    private static string? Canonical(string text) =>
        EmailAddress.Parse(text).Match<string?>(address => address.Canonical, _ => null);
}
