using Gatehouse.Platform;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace Gatehouse.Commands.Demos;

/// <summary>
/// <c>demo</c>: a month in a minute. A server of its own, in a folder that goes with it, is asked over HTTP what a
/// customer asks, and what it answers is told in plain words.
/// </summary>
public static class Demo
{
    private const int Mistaken = 2;
    private const int Interrupted = 130;
    private const string NoWait = "--no-wait";

    /// <summary>Tells the story; the exit code. The folder is gone when it returns.</summary>
    public static async Task<int> Run(Verb verb, Func<WebApplicationBuilder, Settings, WebApplication> compose)
    {
        if (verb.Words.Concat(verb.Options).FirstOrDefault(word => word != NoWait) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"gatehouse: demo has no {unknown}, only {NoWait}.");
            return Mistaken;
        }

        var folder = Directory.CreateTempSubdirectory("gatehouse-demo-");
        try
        {
            var (builder, settings) = Prepared(folder);
            await using var app = compose(builder, settings);
            await Prepare.Run(app, CancellationToken.None);
            await app.StartAsync(CancellationToken.None);
            var waits = !verb.Options.Contains(NoWait, StringComparer.Ordinal) && !Console.IsInputRedirected;
            var code = await Play(app, waits);
            await app.StopAsync(CancellationToken.None);
            return code;
        }
        finally
        {
            Remove(folder);
        }
    }

    private static async Task<int> Play(WebApplication app, bool waits)
    {
        var stop = app.Lifetime.ApplicationStopping;
        var narrator = Narrator.OfProcess(stop);
        try
        {
            await Story.Tell(app, narrator, waits, stop);
            if (waits) await app.WaitForShutdownAsync(CancellationToken.None);
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Interrupted;
        }
        catch (DemoFailed failed)
        {
            await Console.Error.WriteLineAsync($"gatehouse: {failed.Message}");
            return 1;
        }
    }

    /// <summary>
    /// Whatever the environment sets up a server with, this one is a server of its own: no database, mail server or
    /// payment provider of anybody's is touched.
    /// </summary>
    private static (WebApplicationBuilder Builder, Settings Settings) Prepared(DirectoryInfo folder)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            EnvironmentName = Environments.Development,
            ContentRootPath = AppContext.BaseDirectory,
            Args = ["--urls=http://127.0.0.1:0"],
        });
        var sources = builder.Configuration.Sources;
        foreach (var source in sources.OfType<EnvironmentVariablesConfigurationSource>().ToList())
            sources.Remove(source);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["urls"] = "http://127.0.0.1:0",
            [$"{SettingsReader.Section}:DataDirectory"] = folder.FullName,
            [$"{SettingsReader.Section}:Database"] = "sqlite",
            [$"{SettingsReader.Section}:Mail:Smtp"] = "local",
            [$"{SettingsReader.Section}:Payments:Provider"] = "sandbox",
            ["Logging:LogLevel:Default"] = "Critical",
            ["Logging:LogLevel:Gatehouse"] = "Error",
        });
        return (builder, SettingsReader.Read(builder.Configuration, development: true).Settings);
    }

    private static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"gatehouse: {folder.FullName} could not be removed: {held.Message}");
        }
    }
}

/// <summary>The server answered what the story does not expect; the message says what.</summary>
public sealed class DemoFailed(string message) : Exception(message);
