using System.CommandLine;
using Gatehouse.Cli.Commands;

namespace Gatehouse.Cli;

/// <summary>One command of the tree.</summary>
/// <param name="Name">As the documents write it: <c>account:mfa:activate</c>.</param>
/// <param name="Summary">One line for the list of commands.</param>
/// <param name="Declare">Declares its flags and what it does.</param>
/// <param name="Aliases">What older versions called it.</param>
internal sealed record CommandEntry(string Name, string Summary, Action<Verb> Declare, params string[] Aliases);

/// <summary>Every command, one line each.</summary>
internal static class CommandTree
{
    /// <summary>The commands under the headings of the help.</summary>
    public static readonly IReadOnlyList<(string Heading, CommandEntry[] Commands)> Sections =
    [
        ("Come in",
        [
            new("signup", "Create an account", SignUpCommands.SignUp),
            new("signup:google", "Create an account with Google", GoogleCommands.SignUp),
            new("login", "Log in on this machine", LoginCommands.LogIn),
            new("login:google", "Log in with Google, in a browser", GoogleCommands.LogIn),
            new("logout", "Log out: revoke this machine's key and forget it", LoginCommands.LogOut),
            new("account:confirmation:resend", "Send the confirmation mail again", ConfirmationCommands.Resend,
                "send_email_confirmation_token"),
            new("account:password:reset", "Send a mail to choose a new password", PasswordCommands.RequestReset,
                "send_reset_password_token"),
            new("account:password:set", "Choose it, with the token of that mail", PasswordCommands.Reset,
                "set_password"),
        ]),
        ("Your account",
        [
            new("account", "Show account, tier, limits and credits", AccountCommands.Show),
            new("account:email:set", "Change the e-mail address", EmailChangeCommands.Request),
            new("account:password:change", "Change the password", PasswordCommands.Change, "change_password"),
            new("account:google:unlink", "Stop a Google account from opening it", GoogleCommands.Unlink),
            new("account:activity", "Show what happened, or prove that a file of it is whole", ActivityCommands.Show),
            new("account:export", "Get everything that is stored about the account", ActivityCommands.Export),
            new("account:upgrade", "Move up to the tier Standard", UpgradeCommands.Upgrade, "upgrade"),
            new("account:destroy", "Close the account", ClosingCommands.Close),
        ]),
        ("Paying",
        [
            new("account:payment_method", "Show the card that pays", PaymentMethodCommands.Show, "payment_method"),
            new("account:payment_method:set", "Set it", PaymentMethodCommands.Set, "set_payment_method"),
            new("account:credits", "Show the credits and what was booked", CreditCommands.Show),
            new("account:credits:buy", "Buy credits with that card", CreditCommands.Buy),
            new("account:usage", "Show what this month has cost so far", UsageCommands.Show, "current_period_usage"),
            new("account:usage:running", "Show what a full month of what runs now costs", UsageCommands.ShowRunning),
            new("account:invoices", "List the invoices", InvoiceCommands.List, "invoices"),
            new("account:invoices:show", "Show one with its lines", InvoiceCommands.Show),
            new("account:invoices:explain", "Walk a line down to its seconds", InvoiceCommands.Explain),
            new("account:spend_cap", "Show the most that a month may cost", SpendCapCommands.Show),
            new("account:spend_cap:set", "Set it", SpendCapCommands.Set),
            new("account:spend_cap:unset", "Take it away", SpendCapCommands.Unset),
        ]),
        ("Second factor",
        [
            new("account:mfa:activate", "Ask for a code of your phone at log-in", SecondFactorCommands.Activate),
            new("account:mfa:deactivate", "Stop asking for it", SecondFactorCommands.Deactivate),
            new("account:mfa:recovery_codes:regenerate", "Make new recovery codes", SecondFactorCommands.Regenerate),
        ]),
        ("Keys and sessions",
        [
            new("account:api_keys", "List the API keys", ApiKeyCommands.List),
            new("account:api_keys:create", "Make an API key", ApiKeyCommands.Create),
            new("account:api_keys:revoke", "Revoke an API key", ApiKeyCommands.Revoke),
            new("account:api_key:reset", "Revoke all API keys for a new one", ApiKeyCommands.Reset, "reset_api_key"),
            new("account:sessions", "List the browsers that are logged in", SessionCommands.List),
            new("account:sessions:end", "Log one of them out", SessionCommands.End),
            new("account:ssh_keys", "List the SSH keys", SshKeyCommands.List, "ssh_keys"),
            new("account:ssh_keys:add", "Add an SSH key", SshKeyCommands.Add, "add_ssh_key"),
            new("account:ssh_keys:remove", "Remove an SSH key", SshKeyCommands.Remove, "delete_ssh_key"),
        ]),
        ("Apps",
        [
            new("apps", "List the apps", AppCommands.List),
            new("apps:create", "Make an app", AppCommands.Create, "create"),
            new("apps:info", "Show an app", AppCommands.Show),
            new("apps:activity", "Show what happened to an app", AppCommands.ShowActivity),
            new("apps:maintenance:on", "Show visitors a page instead of the app", AppCommands.Maintain(isOn: true)),
            new("apps:maintenance:off", "Let visitors in again", AppCommands.Maintain(isOn: false)),
            new("apps:destroy", "Destroy an app with all that belongs to it", AppCommands.Destroy, "delete_app"),
            new("ps", "Show what runs of an app", ReplicaCommands.Show, "status"),
            new("ps:scale", "Set how many replicas run, and how large they are", ReplicaCommands.Scale, "scale"),
            new("ps:restart", "Start an app's replicas anew", ReplicaCommands.Restart, "restart"),
            new("config", "List the variables of an app's environment", ConfigCommands.List, "configs"),
            new("config:set", "Set some of them", ConfigCommands.Set, "set_config"),
            new("config:copy", "Copy all variables of another app", ConfigCommands.Copy, "copy_configs"),
            new("config:unset", "Take one away", ConfigCommands.Unset, "unset_config", "delete_config"),
            new("domains", "List an app's custom domains", DomainCommands.List),
            new("domains:add", "Add a custom domain", DomainCommands.Add, "add_domain"),
            new("domains:remove", "Remove a custom domain", DomainCommands.Remove, "delete_domain"),
            new("access", "List who may work on an app", CollaboratorCommands.List, "permissions"),
            new("access:add", "Let somebody work on it", CollaboratorCommands.Add, "add_permission"),
            new("access:remove", "Stop letting them", CollaboratorCommands.Remove, "delete_permission"),
        ]),
        ("Databases",
        [
            new("pg", "List an app's databases", DatabaseCommands.List, "databases"),
            new("pg:create", "Make a database", DatabaseCommands.Create, "create_database"),
            new("pg:scale", "Make a database larger or smaller", DatabaseCommands.Scale),
            new("pg:psql", "Open psql on a database", PsqlCommands.Open),
            new("pg:restart", "End everything that is connected", DatabaseCommands.Change("restart")),
            new("pg:stop", "Let nobody connect; the data is kept", DatabaseCommands.Change("stop")),
            new("pg:start", "Let people connect again", DatabaseCommands.Change("start")),
            new("pg:upgrade", "Ask for another version of PostgreSQL", DatabaseCommands.Extend("upgrade")),
            new("pg:backups", "List the backups of a database", DatabaseCommands.ListBelow("backups")),
            new("pg:backups:restore", "Bring one back", DatabaseCommands.Restore),
            new("pg:read_replicas", "List what follows a database", DatabaseCommands.ListBelow("read_replicas")),
            new("pg:read_replicas:create", "Make one", DatabaseCommands.Extend("read_replicas")),
            new("pg:destroy", "Destroy a database", DatabaseCommands.Destroy, "delete_database"),
        ]),
        ("This program",
        [
            new("completion", "Print the completion script of a shell", CompletionCommands.Complete),
            new("help", "Explain a command, or the exit codes", HelpCommands.Help),
            new("version", "Print the version", HelpCommands.Version),
        ]),
    ];

    /// <summary>The commands without the headings.</summary>
    public static IEnumerable<CommandEntry> All => Sections.SelectMany(section => section.Commands);

    /// <summary>
    /// Makes the parser's tree. <c>account:mfa:activate</c> is there as one word, and again as
    /// <c>account mfa activate</c>.
    /// </summary>
    public static RootCommand Build(
        IEnumerable<CommandEntry> entries,
        GlobalOptions options,
        Func<ParseResult, CancellationToken, Invocation> start)
    {
        var root = new RootCommand();
        root.Options.Clear();
        options.AddTo(root);
        var nested = new List<CommandEntry>();
        foreach (var entry in entries)
        {
            var verb = Declare(entry.Name, entry, start);
            foreach (var alias in entry.Aliases)
                verb.Aliases.Add(alias);
            root.Add(verb);
            if (entry.Name.Contains(':'))
                nested.Add(entry);
        }

        // Shorter names first: `pg:backups` is a command already when `pg:backups:restore` needs it as a group.
        foreach (var entry in nested.OrderBy(entry => entry.Name.Count(letter => letter == ':')))
        {
            var path = entry.Name.Split(':');
            var parent = path[..^1].Aggregate((Command)root, Group);
            parent.Add(Declare(path[^1], entry, start));
        }

        return root;
    }

    private static Verb Declare(
        string name, CommandEntry entry, Func<ParseResult, CancellationToken, Invocation> start)
    {
        var verb = new Verb(name, entry, start);
        entry.Declare(verb);
        return verb;
    }

    private static Command Group(Command parent, string name)
    {
        var group = parent.Subcommands.FirstOrDefault(command => command.Name == name);
        if (group is null)
            parent.Add(group = new Command(name));
        return group;
    }
}
