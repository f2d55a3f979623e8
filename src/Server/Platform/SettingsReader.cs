using System.Globalization;
using System.Reflection;
using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>Reads the settings from ASP.NET Core's configuration: files, environment, command line.</summary>
public static class SettingsReader
{
    /// <summary>The section everything stands in.</summary>
    public const string Section = "Gatehouse";

    /// <summary>
    /// The settings and all that is wrong with them. A secret may stand in a file instead: <c>XFile</c> names it.
    /// </summary>
    public static (Settings Settings, IReadOnlyList<string> Mistakes) Read(
        IConfiguration configuration, bool development)
    {
        var mistakes = new List<string>();
        var section = configuration.GetSection(Section);
        foreach (var name in SecretNames().Where(name => section[name + "File"] is not null))
            ReadFile(section, name, mistakes);
        mistakes.AddRange(UnknownNames(section));
        Split(section, nameof(Settings.Proxies));
        Split(section, $"{nameof(Settings.Cors)}:{nameof(CorsSettings.AllowedOrigins)}");
        Split(section, $"{nameof(Settings.Webhooks)}:{nameof(WebhookSettings.AllowedNetworks)}");
        var settings = new Settings();
        try
        {
            settings = section.Get<Settings>() ?? settings;
        }
        catch (InvalidOperationException wrongType)
        {
            // Nothing was bound: whatever else could be said would be about defaults.
            return (settings, [.. mistakes, wrongType.Message]);
        }

        mistakes.AddRange(SettingsMistakes.In(settings, development));
        return (settings, mistakes);
    }

    /// <summary>A list may be given as one text, which is easier in an environment variable.</summary>
    private static void Split(IConfigurationSection section, string name)
    {
        if (section[name] is not { } text) return;
        section[name] = null;
        var parts = text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var (index, part) in parts.Index())
            section[$"{name}:{index.ToString(CultureInfo.InvariantCulture)}"] = part;
    }

    /// <summary>Every setting by its full name, with the property it is bound to.</summary>
    public static IEnumerable<(string Name, PropertyInfo Property)> All() => Under(typeof(Settings), "");

    private static IEnumerable<(string Name, PropertyInfo Property)> Under(Type type, string prefix) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(property =>
            property.PropertyType.Name.EndsWith("Settings", StringComparison.Ordinal)
                ? Under(property.PropertyType, $"{prefix}{property.Name}:")
                : [($"{prefix}{property.Name}", property)]);

    private static IEnumerable<string> SecretNames() =>
        All().Where(setting => setting.Property.PropertyType == typeof(Secret)).Select(setting => setting.Name);

    private static void ReadFile(IConfigurationSection section, string name, List<string> mistakes)
    {
        try
        {
            section[name] = File.ReadAllText(section[name + "File"]!).Trim();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"{name}File cannot be read: {unreadable.Message}");
        }
    }

    /// <summary>A misspelt name would silently leave a default in force.</summary>
    private static IEnumerable<string> UnknownNames(IConfigurationSection section)
    {
        var known = All().Select(setting => setting.Name)
            .Concat(SecretNames().Select(name => name + "File"))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return section.AsEnumerable(makePathsRelative: true)
            .Where(pair => pair.Value is not null)
            .Select(pair => pair.Key)
            .Where(name => !known.Contains(name) && !known.Contains(WithoutIndex(name)))
            .Select(name => $"{name} is not a setting.");
    }

    private static string WithoutIndex(string name)
    {
        var colon = name.LastIndexOf(':');
        return colon > 0 && int.TryParse(name.AsSpan(colon + 1), out _) ? name[..colon] : name;
    }
}
