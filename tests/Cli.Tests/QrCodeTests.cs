using Gatehouse.Cli.Output;
using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class QrCodeTests
{
    [Theory]
    [InlineData("otpauth://totp/A:a?secret=JBSWY3DP")]
    [InlineData("otpauth://totp/Gatehouse:bob%40example.org?secret=JBSWY3DPEHPK3PXP")]
    [InlineData("otpauth://totp/Gatehouse:ann%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Gatehouse")]
    public void Camera_reads_what_was_drawn(string text) =>
        Assert.Equal(text, QrReader.Read(Drawn(text, colour: false)));

    [Fact]
    public void Colours_are_its_own_so_that_the_terminals_do_not_matter()
    {
        var lines = Drawn("otpauth://totp/A:a?secret=JBSWY3DP", colour: true).TrimEnd('\n').Split('\n');

        Assert.All(lines, line => Assert.Matches("^\u001b\\[97;40m[█▀▄ ]+\u001b\\[0m$", line));
    }

    [Fact]
    public void Light_margin_is_on_every_side()
    {
        var lines = Drawn("otpauth://totp/A:a?secret=JBSWY3DP", colour: false).TrimEnd('\n').Split('\n');

        Assert.Equal(new string('█', lines[0].Length), lines[0]);
        Assert.Equal(new string('▀', lines[0].Length), lines[^1]);
        Assert.All(lines[..^1], line => Assert.Matches("^██.*██$", line));
    }

    private static string Drawn(string text, bool colour)
    {
        var output = new StringWriter();
        var traits = new TerminalTraits(Input: true, Output: true, Error: true, Colour: colour);
        new Terminal(TextReader.Null, output, TextWriter.Null, traits).Draw(new QrCode(text));
        return output.ToString();
    }
}
