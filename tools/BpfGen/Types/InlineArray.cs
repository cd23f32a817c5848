namespace BpfGen.Types;

/// <summary>An array inside a structure, which C# needs a type for.</summary>
/// <param name="Name">Name of that type.</param>
/// <param name="ElementType">Its element's type in C#.</param>
/// <param name="Length">Number of elements.</param>
/// <param name="Content">Whether it is a text.</param>
internal sealed record InlineArray(string Name, string ElementType, uint Length, ArrayContent Content);
