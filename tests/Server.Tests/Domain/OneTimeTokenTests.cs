using System.Buffers.Text;
using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Domain;

/// <summary>Tokens come from the operating system's generator, all of their bits do (T6, T7).</summary>
public sealed class OneTimeTokenTests
{
    private static readonly int Samples = Soak.Times(100_000, 1_000_000);

    [Fact]
    public void No_two_links_are_the_same_and_each_bit_is_even()
    {
        var (seen, ones) = (new HashSet<string>(), new int[256]);
        for (var i = 0; i < Samples; i++)
        {
            var link = OneTimeToken.NewLink().Reveal();
            Assert.True(seen.Add(link));
            CountBits(Base64Url.DecodeFromChars(link), ones);
        }

        // Six standard deviations: among 256 bits, once in two million runs.
        var allowed = 3 * Math.Sqrt(Samples);
        Assert.All(ones, count => Assert.InRange(count, Samples / 2 - allowed, Samples / 2 + allowed));
    }

    [Fact]
    public void No_two_handles_are_the_same_and_no_bit_of_them_is_fixed()
    {
        var (seen, ones) = (new HashSet<string>(), new int[128]);
        for (var i = 0; i < Samples; i++)
        {
            var handle = OneTimeToken.NewHandle().Reveal();
            Assert.True(seen.Add(handle));
            CountBits(Guid.Parse(handle).ToByteArray(), ones);
        }

        var allowed = 3 * Math.Sqrt(Samples);
        Assert.All(ones, count => Assert.InRange(count, Samples / 2 - allowed, Samples / 2 + allowed));
    }

    [Fact]
    public void Codes_use_all_of_their_range_evenly()
    {
        var digits = new int[6, 10];
        for (var i = 0; i < Samples; i++)
        {
            var code = OneTimeToken.NewCode().Reveal();
            Assert.True(OneTimeToken.IsCode(code));
            for (var at = 0; at < 6; at++) digits[at, code[at] - '0']++;
        }

        var allowed = 6 * 0.3 * Math.Sqrt(Samples);
        Assert.All(digits.Cast<int>(), count => Assert.InRange(count, Samples / 10 - allowed, Samples / 10 + allowed));
    }

    [Fact]
    public void Malformed_tokens_have_no_form() => Assert.All(MalformedTokens.All, text =>
    {
        Assert.False(OneTimeToken.IsLink(text));
        Assert.False(OneTimeToken.IsCode(text));
        Assert.False(OneTimeToken.IsHandle(text));
    });

    private static void CountBits(byte[] bytes, int[] ones)
    {
        for (var bit = 0; bit < ones.Length; bit++) ones[bit] += (bytes[bit / 8] >> (bit % 8)) & 1;
    }
}
