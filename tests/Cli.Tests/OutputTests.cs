using System.Text.Json;
using Gatehouse.Cli.Api;
using Gatehouse.Cli.Output;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class OutputTests
{
    [Theory]
    [InlineData("""{"b":1,"a":[],"B":{}}""", "{\n  \"B\": {},\n  \"a\": [],\n  \"b\": 1\n}")]
    [InlineData("""[1.50,true,null,"x"]""", "[\n  1.50,\n  true,\n  null,\n  \"x\"\n]")]
    [InlineData("\"é😀<&'+/\\u001b\\n\\u007f\"", "\"\\u00e9\\ud83d\\ude00<&'+/\\u001b\\n\\u007f\"")]
    [InlineData("""{"\u001b":"\"\\"}""", "{\n  \"\\u001b\": \"\\\"\\\\\"\n}")]
    public void Json_is_printed_as_the_original_prints_it(string json, string printed)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Equal(printed, JsonText.Of(document.RootElement));
    }

    [Theory]
    [InlineData("""{"email":["has invalid format"]}""", "Email has invalid format.")]
    [InlineData("""{"password":["is short","is common"]}""", "Password is short.\nPassword is common.")]
    [InlineData("""{"":["please log in again to do this"]}""", "Please log in again to do this.")]
    [InlineData("""{"email":["not yet confirmed."]}""", "Email not yet confirmed.")]
    [InlineData("""{"next_email":["has already been taken"]}""", "Next email has already been taken.")]
    [InlineData("""{"":["\u001b[31mRed\nlines!"]}""", "[31mRed lines!")]
    [InlineData("""{"email":"no array"}""", "")]
    [InlineData("""["historic"]""", "")]
    public void Errors_become_sentences(string json, string text)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Equal(text, new ErrorText(document.RootElement).ToString());
    }

    [Theory]
    [InlineData("plain\ttext\n", "plain\ttext\n")]
    [InlineData("\u001b]52;c;x\u0007\r\u0000\u007f\u0085\u009b", "]52;c;x")]
    [InlineData("a\u202eb\u2066c\u200fd\ufeff", "abcd")]
    [InlineData("žluťoučký 😀", "žluťoučký 😀")]
    public void Text_from_elsewhere_is_inert(string text, string inert) => Assert.Equal(inert, PlainText.Of(text));

    [Theory]
    [InlineData(1, "1 second")]
    [InlineData(89.2, "90 seconds")]
    [InlineData(91, "2 minutes")]
    [InlineData(5400, "90 minutes")]
    [InlineData(7200, "2 hours")]
    [InlineData(86400, "24 hours")]
    [InlineData(604800, "7 days")]
    public void Waiting_times_are_rounded_up(double seconds, string words) =>
        Assert.Equal(words, Durations.InWords(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("0", "$0.00")]
    [InlineData("1205", "$12.05")]
    [InlineData("-5", "-$0.05")]
    [InlineData("123456789012", "$1234567890.12")]
    [InlineData("1.5", null)]
    [InlineData("\"1\"", null)]
    public void Cents_are_dollars(string cents, string? dollars)
    {
        using var document = JsonDocument.Parse($$"""{"cents":{{cents}}}""");

        Assert.Equal(dollars, document.RootElement.Cents("cents"));
    }
}
