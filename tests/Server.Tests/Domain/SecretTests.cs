using System.Globalization;
using System.Text;
using System.Text.Json;
using Gatehouse.Domain;
using Xunit;

namespace Gatehouse.Tests.Domain;

/// <summary>A secret is seen only where somebody asks for it by name (T88).</summary>
public sealed class SecretTests
{
    private const string Text = "canary-7Zq";
    private static readonly Secret Secret = new(Text);

    [Fact]
    public void Secret_reveals_itself_only_on_request() => Assert.Equal(Text, Secret.Reveal());

    [Fact]
    public void Secret_does_not_print()
    {
        var printed = new StringBuilder();
        printed.Append(CultureInfo.InvariantCulture, $"{Secret}").Append(Secret).Append(new Holder(Secret))
            .Append(string.Format(CultureInfo.InvariantCulture, "{0}", Secret)).Append(string.Join(',', [Secret]));
        Assert.DoesNotContain(Text, printed.ToString());
    }

    [Fact]
    public void Secret_does_not_serialise()
    {
        Assert.DoesNotContain(Text, JsonSerializer.Serialize(Secret));
        Assert.DoesNotContain(Text, JsonSerializer.Serialize(new Holder(Secret)));
        Assert.DoesNotContain(Text, JsonSerializer.Serialize(new Dictionary<string, object> { ["secret"] = Secret }));
    }

    [Fact]
    public void Secret_has_no_public_state() => Assert.Empty(typeof(Secret).GetProperties());

    private sealed record Holder(Secret Secret);
}
