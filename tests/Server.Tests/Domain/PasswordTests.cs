using System.Text;
using CsCheck;
using Gatehouse.Domain;
using Xunit;

namespace Gatehouse.Tests.Domain;

/// <summary>A password is what was typed, in normal form C, whole (T21, T25).</summary>
public sealed class PasswordTests
{
    [Theory]
    [InlineData("caf\u0065\u0301", "caf\u00e9")]
    [InlineData("\u212b", "\u00c5")]
    [InlineData("\u1100\u1161", "\uac00")]
    public void Same_letters_are_the_same_password(string typed, string also) =>
        Assert.Equal(Text(also), Text(typed));

    [Theory]
    [InlineData(" leading and trailing ")]
    [InlineData("\ttab\r\n")]
    [InlineData("&lt;b&gt; %41+%42")]
    [InlineData("\uff41\ufb01")]
    [InlineData("MiXeD")]
    [InlineData("\0after")]
    [InlineData("\ufffd replacement")]
    public void Nothing_else_is_changed(string typed) => Assert.Equal(typed, Text(typed));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Nothing_is_not_a_password(string? typed) =>
        Assert.Equal(Reason.Required, Password.Parse(typed).Refusal?.Reason);

    [Fact]
    public void Half_a_character_is_refused() => Assert.All(
        ["\ud800 alone", "alone \udc00", "\udc00\ud800", "\ufffd and \ud800 alone"],
        typed => Assert.Equal(Reason.InvalidFormat, Password.Parse(typed).Refusal?.Reason));

    [Theory]
    [InlineData("a", 1024)]
    [InlineData("\u00e9", 512)]
    [InlineData("\u20ac", 341)]
    [InlineData("\U0001f511", 256)]
    public void Length_is_limited_in_bytes(string letter, int most)
    {
        var longest = string.Concat(Enumerable.Repeat(letter, most));
        Assert.Equal(longest, Text(longest));
        Assert.Equal(Reason.TooLong, Password.Parse(longest + letter).Refusal?.Reason);
    }

    [Fact]
    public void Length_counts_code_points() =>
        Assert.Equal(3, Password.Parse("a\u00e9\U0001f511").Match(password => password.Length, _ => 0));

    [Fact]
    public void Any_text_is_answered_and_what_is_taken_is_in_normal_form() => Gen.String[0, 1500].Sample(typed =>
        Password.Parse(typed).Match(
            password => password.Text.Reveal().IsNormalized(NormalizationForm.FormC),
            refusal => refusal.Field == Field.Password));

    [Fact]
    public void Every_plane_of_Unicode_is_taken() => Gen.Int[0x20, 0x10ffff].Where(Rune.IsValid)
        .Sample(point => Password.Parse($"12345678{new Rune(point)}").Refusal is null);

    private static string Text(string typed) =>
        Password.Parse(typed).Match(
            password => password.Text.Reveal(), _ => throw new InvalidOperationException(typed));
}
