using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Domain;

/// <summary>
/// The public name of an account, in two forms: as its owner spells it, and one canonical form, which is the only thing
/// ever compared. Chosen by its owner, or made at random by a sign-up, such as <c>calm-otter-4821</c>.
/// </summary>
/// <param name="Spelling">As given; nothing is ever stripped or changed.</param>
/// <param name="Canonical">In lower case and Unicode NFKC, so that many look-alikes are equal.</param>
public sealed record UserName(string Spelling, string Canonical)
{
    private const int Longest = 64;

    private static readonly string[] Qualities =
    [
        "able", "airy", "amber", "apt", "bold", "brave", "brief", "bright", "brisk", "broad", "calm", "candid",
        "civil", "clean", "clear", "clever", "coral", "crisp", "deft", "eager", "early", "easy", "even", "exact",
        "fair", "fast", "fine", "firm", "fond", "frank", "fresh", "gentle", "glad", "golden", "grand", "green",
        "handy", "happy", "hardy", "honest", "humble", "ideal", "jolly", "keen", "kind", "large", "lively", "loyal",
        "lucid", "lucky", "mellow", "merry", "mild", "modest", "neat", "nimble", "noble", "novel", "open",
        "patient", "plain", "polite", "prompt", "proud", "pure", "quick", "quiet", "rapid", "ready", "rosy",
        "round", "sharp", "silver", "simple", "smart", "snug", "solid", "sound", "spry", "stable", "steady",
        "still", "sunny", "swift", "tidy", "true", "vivid", "warm", "wise",
    ];

    private static readonly string[] Animals =
    [
        "badger", "bear", "beaver", "bee", "bison", "bittern", "crane", "cricket", "curlew", "deer", "dolphin",
        "dove", "duck", "eagle", "egret", "elk", "falcon", "ferret", "finch", "fox", "gecko", "goose", "grouse",
        "gull", "hare", "hawk", "heron", "horse", "ibex", "ibis", "jay", "kestrel", "kite", "koala", "lark",
        "lemur", "linnet", "lion", "llama", "lynx", "magpie", "marten", "mole", "moose", "moth", "newt", "okapi",
        "oriole", "osprey", "otter", "owl", "panda", "pelican", "perch", "pigeon", "pika", "plover", "puffin",
        "quail", "rabbit", "raven", "robin", "salmon", "seal", "shrew", "snipe", "sparrow", "stoat", "stork",
        "swan", "swift", "tapir", "tern", "thrush", "tiger", "toad", "trout", "turtle", "vole", "walrus", "weasel",
        "whale", "wolf", "wombat", "wren", "yak", "zebra",
    ];

    /// <summary>
    /// Reads a name that somebody chose: 1 to 64 characters that can be seen, no slash (it stands in addresses), no at
    /// sign (it would be an e-mail address). Refuses with <see cref="Reason.Required"/> or
    /// <see cref="Reason.InvalidFormat"/>.
    /// </summary>
    public static Outcome<UserName> Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return new Refusal(Reason.Required, Field.UserName);
        if (text.Length > 2 * Longest || !IsPlain(text)) return Malformed;
        var canonical = text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        return IsPlain(canonical) ? new UserName(text, canonical) : Malformed;
    }

    private static Refusal Malformed => new(Reason.InvalidFormat, Field.UserName);

    /// <summary>A name from about 70 million; the database decides whether it is free.</summary>
    public static UserName AtRandom()
    {
        var quality = Qualities[RandomNumberGenerator.GetInt32(Qualities.Length)];
        var animal = Animals[RandomNumberGenerator.GetInt32(Animals.Length)];
        var name = $"{quality}-{animal}-{RandomNumberGenerator.GetInt32(10_000):D4}";
        return new UserName(name, name);
    }

    /// <summary>The two dots would be cut out of an address by whoever tidies it.</summary>
    private static bool IsPlain(string text) =>
        text is not ("." or "..")
        && IsUnicode(text)
        && text.EnumerateRunes().Count() <= Longest
        && text.EnumerateRunes().All(IsPlain);

    private static bool IsPlain(Rune rune) =>
        rune.Value is not ('/' or '@')
        && !Rune.IsWhiteSpace(rune)
        && Rune.GetUnicodeCategory(rune)
            is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.PrivateUse);

    /// <summary>Half a surrogate pair reads as a replacement character, which is no part of a name either.</summary>
    private static bool IsUnicode(string text) => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);
}
