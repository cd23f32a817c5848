using BpfCore.Btf;

namespace BpfCore.CoRe;

/// <summary>A step that means something in C: a named member, or an array index (also the first one).</summary>
/// <param name="TypeId">
/// The composite whose member is taken, or the type of the array's elements; typedefs and qualifiers taken off.
/// </param>
/// <param name="Index">Position of the member, of the enumeration value, or in the array.</param>
/// <param name="IsNamed">True for a member and for an enumeration value, false for an array index.</param>
internal readonly record struct CoReStep(BtfTypeId TypeId, int Index, bool IsNamed);
