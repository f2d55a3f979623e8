namespace Gatehouse.Platform;

/// <summary>
/// Registers every operation: a sealed class under <c>Features</c> with a method Run. Nothing else needs to know that
/// one was added.
/// </summary>
public static class Operations
{
    private const string Root = "Gatehouse.Features.";

    /// <summary>All of them.</summary>
    public static IEnumerable<Type> All => typeof(Operations).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsSealed: true, IsPublic: true } && !type.IsAbstract)
        .Where(type => type.Namespace?.StartsWith(Root, StringComparison.Ordinal) == true)
        .Where(type => type.GetMethod("Run") is not null);

    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        foreach (var operation in All) services.AddScoped(operation);
        return services;
    }
}
