using System.Reflection;
using static System.StringComparison;

namespace Gatehouse.Tests.Tidy;

/// <summary>
/// Which types a compiled assembly mentions, and where: in base types, members, attributes, generic arguments and
/// method bodies. What the compiler makes of lambdas, iterators and async methods counts as its outermost type.
/// </summary>
internal static class CompiledCode
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static Assembly Server { get; } = Assembly.Load(Reference.Server);

    /// <summary>The types that somebody wrote: not the ones that a generator or the compiler put beside them.</summary>
    public static IEnumerable<Type> Types(Assembly assembly) =>
        assembly.GetTypes().Where(type => !IsGenerated(Outermost(type)) && !Name(type).Contains(".Migrations."));

    public static IEnumerable<Reference> References(Assembly assembly) =>
        Types(assembly)
            .SelectMany(type => Mentions(type).SelectMany(Parts).Select(Outermost).Distinct(), (type, to) => (type, to))
            .Where(pair => !(pair.to.Assembly == assembly && IsGenerated(pair.to)))
            .Select(pair => new Reference(Name(pair.type), Name(pair.to), AssemblyName(pair.to, assembly)))
            .Distinct();

    /// <summary>Interfaces that nothing or one thing implements: an indirection that leads nowhere else.</summary>
    public static IEnumerable<Type> LonelyInterfaces(Assembly assembly) =>
        from type in Types(assembly)
        where type.IsInterface
        where Types(assembly).Count(other => !other.IsInterface && Implements(other, type)) < 2
        select type;

    /// <summary>The full name of the type that stands in a file, without the arity of a generic one.</summary>
    public static string Name(Type type) => (Outermost(type).FullName ?? Outermost(type).Name).Split('`')[0];

    private static string AssemblyName(Type type, Assembly examined) =>
        type.Assembly == examined ? Reference.Server : type.Assembly.GetName().Name!;

    private static bool IsGenerated(Type type) =>
        type.Namespace is { } space ? !(space + ".").StartsWith("Gatehouse.", Ordinal) : type.Name.StartsWith('<');

    private static bool Implements(Type type, Type wanted) =>
        type.GetInterfaces().Any(one => (one.IsGenericType ? one.GetGenericTypeDefinition() : one) == wanted);

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<Type> Mentions(Type type) =>
    [
        .. type.BaseType is { } parent ? [parent] : Type.EmptyTypes,
        .. type.GetInterfaces(),
        .. Attributes(type),
        .. type.GetGenericArguments().SelectMany(argument => argument.GetGenericParameterConstraints()),
        .. type.GetFields(Everything).SelectMany(field => Attributes(field).Append(field.FieldType)),
        .. type.GetProperties(Everything).SelectMany(property => Attributes(property).Append(property.PropertyType)),
        .. type.GetEvents(Everything).SelectMany(Attributes),
        .. type.GetConstructors(Everything).SelectMany(OfMethod),
        .. type.GetMethods(Everything).SelectMany(OfMethod),
    ];

    private static IEnumerable<Type> OfMethod(MethodBase method) =>
    [
        .. Attributes(method),
        .. method.GetParameters().SelectMany(parameter => Attributes(parameter).Append(parameter.ParameterType)),
        .. method is MethodInfo { ReturnType: var answer } ? [answer] : Type.EmptyTypes,
        .. method.IsGenericMethodDefinition
            ? method.GetGenericArguments().SelectMany(argument => argument.GetGenericParameterConstraints())
            : [],
        .. method.GetMethodBody() is { } body ? OfBody(method, body) : [],
    ];

    private static IEnumerable<Type> OfBody(MethodBase method, MethodBody body) =>
    [
        .. body.LocalVariables.Select(local => local.LocalType),
        .. body.ExceptionHandlingClauses
            .Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)
            .Select(clause => clause.CatchType)
            .OfType<Type>(),
        .. Instructions.Members(method, body).SelectMany(OfOperand),
    ];

    private static IEnumerable<Type> OfOperand(MemberInfo member) => member switch
    {
        Type type => [type],
        FieldInfo field => [field.DeclaringType!, field.FieldType],
        MethodInfo method => [.. Owner(method), method.ReturnType, .. method.GetGenericArguments()],
        _ => Owner(member),
    };

    private static IEnumerable<Type> Owner(MemberInfo member) => member.DeclaringType is { } owner ? [owner] : [];

    private static IEnumerable<Type> Attributes(MemberInfo member) => Named(member.GetCustomAttributesData());

    private static IEnumerable<Type> Attributes(ParameterInfo parameter) => Named(parameter.GetCustomAttributesData());

    private static IEnumerable<Type> Named(IEnumerable<CustomAttributeData> attributes) =>
        from attribute in attributes
        from type in attribute.ConstructorArguments
            .Concat(attribute.NamedArguments.Select(argument => argument.TypedValue))
            .SelectMany(Values)
            .Append(attribute.AttributeType)
        select type;

    private static IEnumerable<Type> Values(CustomAttributeTypedArgument argument) => argument.Value switch
    {
        Type type => [argument.ArgumentType, type],
        IEnumerable<CustomAttributeTypedArgument> several => several.SelectMany(Values),
        _ => [argument.ArgumentType],
    };

    /// <summary>A type taken apart: what an array, pointer or generic type is made of.</summary>
    private static IEnumerable<Type> Parts(Type type) =>
        type.IsGenericParameter ? []
        : type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition())
        : [type];
}
