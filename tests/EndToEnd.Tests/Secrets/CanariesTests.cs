using System.Text;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Secrets;

public class CanariesTests
{
    private const string Secret = "Grüne Gans, 7 Türme";

    [Theory]
    [InlineData("Grüne Gans, 7 Türme")]
    [InlineData("%47%72%C3%BC%6E%65%20%47%61%6E%73%2C%20%37%20%54%C3%BC%72%6D%65")]
    [InlineData("Gr%C3%BCne%20Gans%2C%207%20T%C3%BCrme")]
    [InlineData("4772c3bc6e652047616e732c20372054c3bc726d65")]
    [InlineData("4772C3BC6E652047616E732C20372054C3BC726D65")]
    public void A_secret_is_found_in_every_form(string form) =>
        Assert.Single(Planted().In(Encoding.UTF8.GetBytes($"before {form} behind")));

    [Theory]
    [InlineData("a:")]
    [InlineData("ab:")]
    [InlineData("abc:")]
    public void A_secret_is_found_within_base64(string before) => Assert.Single(
        Planted().In($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{before}{Secret} and so on"))}"));

    [Fact]
    public void A_code_is_found_where_it_stands_alone()
    {
        var canaries = new Canaries();
        canaries.Add("code", "123456");
        Assert.Single(canaries.In("code=123456&x"));
        Assert.Empty(canaries.In("took 0.123456 s, request 0HN7123456"));
    }

    [Fact]
    public void Nothing_is_found_in_something_else() => Assert.Empty(Planted().In("Graue Gans, 7 Türme"));

    private static Canaries Planted()
    {
        var canaries = new Canaries();
        canaries.Add("password", Secret);
        return canaries;
    }
}
