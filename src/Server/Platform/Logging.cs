using Microsoft.Extensions.Logging.Console;

namespace Gatehouse.Platform;

/// <summary>Logs go to stderr: one line each for people in Development, one JSON object each elsewhere.</summary>
public static class Logging
{
    /// <summary>
    /// These write whole addresses, with whatever secret a client put into them, or every statement that met a unique
    /// index, or a stack trace where we say a sentence. No setting brings them back.
    /// </summary>
    private static readonly (string Category, LogLevel Least)[] Quiet =
    [
        ("Microsoft.AspNetCore", LogLevel.Warning),
        ("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None),
        ("Microsoft.EntityFrameworkCore", LogLevel.Critical),
        ("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical),
        ("Npgsql", LogLevel.Critical),
        ("System.Net.Http", LogLevel.Warning),
    ];

    private static readonly Type[] Providers = [typeof(ConsoleLoggerProvider), typeof(JsonLines)];

    public static void Configure(ILoggingBuilder logging, bool development)
    {
        logging.ClearProviders();
        if (development) logging.AddSimpleConsole(console => console.SingleLine = true);
        else logging.Services.AddSingleton<ILoggerProvider>(_ => new JsonLines(Console.OpenStandardError()));
        logging.Services.Configure<ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.Services.PostConfigure<LoggerFilterOptions>(Hush);
    }

    /// <summary>
    /// A rule for one provider outranks those for all, and one for a longer category those for a shorter one: so the
    /// settings' own rules for these categories go, and ours are for the console as well as for everybody.
    /// </summary>
    private static void Hush(LoggerFilterOptions filters)
    {
        foreach (var (category, level) in Quiet)
        {
            foreach (var rule in filters.Rules.Where(rule => IsWithin(rule.CategoryName, category)).ToList())
                filters.Rules.Remove(rule);
            filters.Rules.Add(new LoggerFilterRule(null, category, level, filter: null));
            foreach (var provider in Providers)
                filters.Rules.Add(new LoggerFilterRule(provider.FullName, category, level, filter: null));
        }
    }

    private static bool IsWithin(string? name, string category) =>
        name?.StartsWith(category, StringComparison.OrdinalIgnoreCase) == true;
}
