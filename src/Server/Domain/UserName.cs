using System.Security.Cryptography;

namespace Gatehouse.Domain;

/// <summary>The public name of an account. Sign-up makes one at random, such as <c>calm-otter-4821</c>.</summary>
public static class UserName
{
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

    /// <summary>A name from about 70 million; the database decides whether it is free.</summary>
    public static string AtRandom()
    {
        var quality = Qualities[RandomNumberGenerator.GetInt32(Qualities.Length)];
        var animal = Animals[RandomNumberGenerator.GetInt32(Animals.Length)];
        return $"{quality}-{animal}-{RandomNumberGenerator.GetInt32(10_000):D4}";
    }
}
