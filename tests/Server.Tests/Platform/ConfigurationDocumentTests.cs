using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Gatehouse.Tests.Tidy;
using Xunit;

namespace Gatehouse.Tests.Platform;

/// <summary>docs/configuration.md lists every setting with its default and what it means, and nothing else.</summary>
public class ConfigurationDocumentTests
{
    private const string Begin = "<!-- settings -->\n";
    private const string End = "<!-- end of settings -->";
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    [Fact]
    public void Document_lists_every_setting_as_it_is()
    {
        var path = Path.Combine(Repository.Root, "docs", "configuration.md");
        var text = File.ReadAllText(path);
        var from = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var to = text.IndexOf(End, StringComparison.Ordinal);
        var expected = string.Concat(text.AsSpan(0, from), Table(), text.AsSpan(to));
        if (Environment.GetEnvironmentVariable("GATEHOUSE_UPDATE_GOLDEN") == "1") File.WriteAllText(path, expected);
        else Assert.Equal(expected, text);
    }

    [Fact]
    public void Every_setting_says_what_it_means() =>
        Assert.DoesNotContain(SettingsReader.All(), setting => Meaning(setting.Property) is null);

    private static string Table()
    {
        var table = new StringBuilder("\n| setting | default | meaning |\n|---|---|---|\n");
        foreach (var (name, property) in SettingsReader.All())
            table.Append(Invariant, $"| `{NameOf(name, property)}` | {Default(name)} | {Meaning(property)} |\n");
        return table.Append('\n').ToString();
    }

    private static string NameOf(string name, PropertyInfo property) =>
        property.PropertyType == typeof(Secret) ? $"{name}`, `{name}File" : name;

    private static string? Meaning(PropertyInfo property) =>
        property.GetCustomAttribute<DescriptionAttribute>()?.Description;

    private static string Default(string name)
    {
        object? value = new Settings();
        foreach (var part in name.Split(':')) value = value!.GetType().GetProperty(part)!.GetValue(value);
        return value switch
        {
            null or "" or IReadOnlyList<string> { Count: 0 } => "empty",
            Secret secret when secret.Reveal() == "" => "empty",
            Secret secret => $"`{secret.Reveal()}`",
            _ => $"`{Convert.ToString(value, CultureInfo.InvariantCulture)}`",
        };
    }
}
