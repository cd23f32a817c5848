using Mono.Cecil;
using Mono.Cecil.Cil;

namespace BpfCore.Tests.Architecture;

/// <summary>Everything that a compiled type names: in its declaration, its members and their instructions.</summary>
internal static class TypeReferences
{
    /// <summary>The types named, those that are arguments of others included.</summary>
    public static IEnumerable<TypeReference> Of(TypeDefinition type) =>
        Declared(type)
            .Concat(type.Fields.SelectMany(field => Attributes(field).Append(field.FieldType)))
            .Concat(type.Properties.SelectMany(Attributes))
            .Concat(type.Methods.SelectMany(Of))
            .SelectMany(Parts);

    private static IEnumerable<TypeReference> Declared(TypeDefinition type) =>
        Attributes(type)
            .Concat(type.Interfaces.Select(implementation => implementation.InterfaceType))
            .Concat(Constraints(type))
            .Concat(type.BaseType is null ? [] : [type.BaseType]);

    private static IEnumerable<TypeReference> Of(MethodDefinition method)
    {
        IEnumerable<TypeReference> signature = Attributes(method)
            .Append(method.ReturnType)
            .Concat(method.Parameters.Select(parameter => parameter.ParameterType))
            .Concat(Constraints(method));
        return method.HasBody ? signature.Concat(Of(method.Body)) : signature;
    }

    private static IEnumerable<TypeReference> Of(MethodBody body) =>
        body.Variables.Select(variable => variable.VariableType)
            .Concat(body.ExceptionHandlers.Where(handler => handler.CatchType is not null)
                .Select(handler => handler.CatchType))
            .Concat(body.Instructions.SelectMany(Of));

    private static IEnumerable<TypeReference> Of(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [.. Of(method.ElementMethod), .. method.GenericArguments],
        MethodReference method => Of(method),
        _ => [],
    };

    private static IEnumerable<TypeReference> Of(MethodReference method) =>
        method.Parameters.Select(parameter => parameter.ParameterType)
            .Append(method.ReturnType).Append(method.DeclaringType);

    private static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.Select(attribute => attribute.AttributeType);

    private static IEnumerable<TypeReference> Constraints(IGenericParameterProvider provider) =>
        provider.GenericParameters.SelectMany(parameter => parameter.Constraints)
            .Select(constraint => constraint.ConstraintType);

    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => Parts(generic.ElementType).Concat(generic.GenericArguments.SelectMany(Parts)),
        RequiredModifierType modified => Parts(modified.ElementType).Concat(Parts(modified.ModifierType)),
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };
}
