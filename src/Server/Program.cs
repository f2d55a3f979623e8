using Gatehouse.Apis.Gigalixir;
using Gatehouse.Apis.Platform;
using Gatehouse.Apis.Stripe;
using Gatehouse.Apis.Temporal;
using Gatehouse.Commands;
using Gatehouse.Commands.Demos;
using Gatehouse.Data;
using Gatehouse.Gateways;
using Gatehouse.Jobs;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Gatehouse.WebConsole;

namespace Gatehouse;

/// <summary>Puts the program together, and does what the first word asks for.</summary>
public static class Program
{
    private const int Mistaken = 2;

    public static async Task<int> Main(string[] args)
    {
        var verb = Verb.Parse(args);
        if (!Verb.All.ContainsKey(verb.Name)) return Fail([$"There is no {verb.Name}, only {Verb.Names}."]);
        if (verb.Name == "demo") return await Demo.Run(verb, Compose);
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = verb.Options, ContentRootPath = AppContext.BaseDirectory });
        var development = builder.Environment.IsDevelopment();
        var (settings, mistakes) = SettingsReader.Read(builder.Configuration, development);
        if (mistakes.Concat(Installation.Outdated()).ToList() is { Count: > 0 } wrong) return Fail(wrong);
        try
        {
            if (verb.Name == "doctor") return await Doctor.Run(settings, development, verb);
            await using var app = Compose(builder, settings);
            if (verb.Name == "migrate") return await Prepare.Migrate(app);
            await Prepare.Run(app, CancellationToken.None);
            return verb.Name == "admin"
                ? await Admin.Run(app.Services, verb, Console.Out, Console.Error)
                : await Serve.Run(app, settings);
        }
        catch (MistakenStart mistake)
        {
            return Fail([mistake.Message], mistake.ExitCode);
        }
    }

    /// <summary>The whole program; tests run this very one.</summary>
    public static WebApplication Compose(WebApplicationBuilder builder, Settings settings)
    {
        Logging.Configure(builder.Logging, builder.Environment.IsDevelopment());
        if (builder.Configuration["urls"] is null) builder.WebHost.UseUrls(PublicUrl.Default);
        builder.Services
            .AddPlatform(settings, Installation.LoadMasterKey(settings))
            .AddDatabase(settings.Database, settings.DataDirectory)
            .AddMail(settings).AddPayments(settings).AddOpenId().AddHosting().AddWebhooks()
            .AddSingleton<BreachedPasswords>().AddSingleton<Postbox>().AddSingleton<ClosingMail>()
            .AddOperations().AddJobs().AddWebConsole().AddGigalixir().AddTemporal().AddApiDescription();
        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseRequestLog();
        app.UseSecurityHeaders();
        app.MapHealth();
        app.MapMetrics();
        app.MapGigalixir();
        app.MapTemporal();
        app.MapPlatform();
        app.MapWebConsole(export: Apis.Gigalixir.Routes.Export);
        app.MapSandbox();
        app.MapPaymentEvents();
        app.MapApiDescription();
        if (app.Environment.IsDevelopment()) app.MapDevClock();
        return app;
    }

    private static int Fail(IEnumerable<string> sentences, int exitCode = Mistaken)
    {
        foreach (var sentence in sentences) Console.Error.WriteLine($"gatehouse: {sentence}");
        return exitCode;
    }
}
