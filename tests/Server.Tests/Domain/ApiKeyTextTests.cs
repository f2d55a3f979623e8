using System.IO.Hashing;
using System.Text;
using CsCheck;
using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Domain;

/// <summary>The form of a key: junk never passes, so it costs no query (T91).</summary>
public sealed class ApiKeyTextTests
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    [Fact]
    public void Key_is_its_prefix_thirty_characters_and_their_checksum()
    {
        var key = ApiKeyText.Generate().Reveal();
        Assert.Matches("^gate_[0-9A-Za-z]{36}$", key);
        Assert.Equal(Checksum(key[..35]), key[35..]);
        Assert.True(ApiKeyText.IsWellFormed(key));
    }

    [Fact]
    public void Every_new_key_is_well_formed_and_new()
    {
        var keys = Enumerable.Range(0, 10_000).Select(_ => ApiKeyText.Generate().Reveal()).ToHashSet();
        Assert.Equal(10_000, keys.Count);
        Assert.All(keys, key => Assert.True(ApiKeyText.IsWellFormed(key)));
    }

    [Fact]
    public void Well_shaped_junk_never_passes() => Gen.Char[Alphabet].Array[36].Sample(
        letters => !ApiKeyText.IsWellFormed("gate_" + new string(letters)), iter: Soak.Times(100_000, 1_000_000));

    [Fact]
    public void Any_text_is_answered() => Gen.String.Sample(text => !ApiKeyText.IsWellFormed(text));

    [Fact]
    public void One_wrong_character_anywhere_is_noticed()
    {
        var key = ApiKeyText.Generate().Reveal();
        for (var at = 0; at < key.Length; at++)
        {
            var other = key[at] == 'x' ? 'y' : 'x';
            Assert.False(ApiKeyText.IsWellFormed(key.Remove(at, 1).Insert(at, other.ToString())));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("gate_")]
    [InlineData("GATE_000000000000000000000000000000000000")]
    [InlineData("3f0c1d2e-5a6b-4c7d-8e9f-0a1b2c3d4e5f")]
    public void Other_forms_are_refused(string text) => Assert.False(ApiKeyText.IsWellFormed(text));

    [Fact]
    public void Blanks_and_line_ends_are_refused()
    {
        var key = ApiKeyText.Generate().Reveal();
        Assert.All(
            [$" {key}", $"{key} ", $"{key}\n", key.ToUpperInvariant(), key[..^1], key + "0", key.Replace("_", "-")],
            text => Assert.False(ApiKeyText.IsWellFormed(text)));
    }

    /// <summary>Written anew from the contract, so that the two cannot be wrong alike.</summary>
    private static string Checksum(string body)
    {
        var (rest, digits) = (Crc32.HashToUInt32(Encoding.ASCII.GetBytes(body)), "");
        while (digits.Length < 6) (digits, rest) = (Alphabet[(int)(rest % 62)] + digits, rest / 62);
        return digits;
    }
}
