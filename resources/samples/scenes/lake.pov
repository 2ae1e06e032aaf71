// A mountain lake in the evening: the sample picture of Lacuna.
// Render: see README.md beside this file. Written for Lacuna, same licence.
#version 3.7;
#include "functions.inc"
#include "woods.inc"
#include "transforms.inc"
#include "rand.inc"

global_settings { assumed_gamma 1.0 max_trace_level 6 }

#declare Sun = <-2600, 950, -900>;

camera {
  location <1.2, 2.15, -6.5>
  look_at  <0.9, 3.05, 20>
  right x*3/2 up y
  angle 58
}

light_source { Sun color rgb <2.5, 1.75, 1.10> parallel point_at 0 }
// The sky's own light, without shadows.
light_source { <900, 3000, 600> color rgb <0.20, 0.28, 0.42> shadowless parallel point_at 0 }
light_source { <0, 1500, -3000> color rgb <0.16, 0.17, 0.22> shadowless parallel point_at 0 }

// ---------------------------------------------------------------- sky
sky_sphere {
  pigment {
    gradient y
    color_map {
      [0.00 rgb <0.95, 0.66, 0.44>]
      [0.06 rgb <0.90, 0.70, 0.56>]
      [0.14 rgb <0.66, 0.67, 0.72>]
      [0.30 rgb <0.30, 0.45, 0.68>]
      [0.65 rgb <0.10, 0.22, 0.48>]
      [1.00 rgb <0.04, 0.10, 0.30>]
    }
  }
}

plane {
  y, 1500 hollow no_shadow
  texture {
    pigment {
      wrinkles turbulence 0.55 octaves 7 lambda 2.1 omega 0.56
      color_map {
        [0.00 rgb <1.00, 0.80, 0.66> transmit 0.02]
        [0.24 rgb <0.98, 0.72, 0.60> transmit 0.22]
        [0.40 rgb <0.86, 0.68, 0.68> transmit 0.72]
        [0.52 rgb <0.80, 0.72, 0.78> transmit 1.00]
        [1.00 rgb 1 transmit 1]
      }
      scale <5200, 1, 1900> rotate y*24 translate <300, 0, 1400>
    }
    finish { ambient 0 diffuse 0 emission 0.92 }
  }
}

fog { fog_type 2 distance 11000 color rgb <0.74, 0.66, 0.68> fog_offset 0 fog_alt 240 }

// ---------------------------------------------------------------- mountains
#declare Ridge = function(x, y, z) { f_ridged_mf(x, y, z, 0.95, 2.15, 8, 0.78, 2.0, 2) }

#declare Rock = texture {
  pigment {
    crackle turbulence 0.7 octaves 6
    color_map { [0 rgb <0.09, 0.08, 0.09>] [0.35 rgb <0.22, 0.19, 0.18>] [1 rgb <0.40, 0.34, 0.30>] }
    scale 60
  }
  normal { granite 1.4 scale 90 }
  finish { diffuse 0.9 ambient 0 }
}
#declare Wood_Slope = texture {
  pigment {
    granite turbulence 0.4
    color_map { [0 rgb <0.015, 0.030, 0.018>] [0.5 rgb <0.040, 0.065, 0.030>] [1 rgb <0.11, 0.10, 0.045>] }
    scale 30
  }
  normal { bumps 1.2 scale <5, 9, 5> }
  finish { diffuse 0.9 ambient 0 }
}
#declare Snow = texture {
  pigment { rgb <0.66, 0.69, 0.76> }
  normal { wrinkles 0.35 scale 40 }
  finish { diffuse 0.95 ambient 0.02 }
}

// Forest, rock and snow by height, jagged with noise.
#macro Heights(Low, Line, High)
  texture {
    function {
      min(0.999, max(0, y/High + 0.10*(f_noise3d(x*0.006, y*0.006, z*0.006) - 0.5)
        + 0.07*(f_noise3d(x*0.030, y*0.012, z*0.030) - 0.5) + 0.05*(f_noise3d(x*0.12, y*0.03, z*0.12) - 0.5)))
    }
    texture_map {
      [0.00 Wood_Slope]
      [Low Wood_Slope]
      [Low + 0.05 Rock]
      [Line Rock]
      [Line + 0.025 Snow]
      [1.00 Snow]
    }
  }
#end

#macro Range(Seed, High, Wide, Deep, Low, Line, Place)
  height_field {
    function 1000, 1000 {
      min(1, max(0, Ridge(x*3.1 + Seed, Seed*0.37, y*2.2 + Seed) * 0.36
        * pow(max(0, sin(pi*min(1, max(0, y)))), 0.9)
        * (0.40 + 0.85*f_noise3d(x*4.2 + Seed, 3, y*2))))
    }
    smooth
    translate <-0.5, 0, 0>
    scale <Wide, High, Deep>
    Heights(Low, Line, High)
    translate Place
  }
#end

object { Range(4.3, 2900, 6800, 2600, 0.06, 0.15, <-300, -60, 2200>) }
object { Range(11.7, 1150, 3600, 1300, 0.20, 0.46, <1500, -40, 1050>) }
object { Range(23.1, 900, 3200, 1200, 0.22, 0.50, <-1750, -40, 900>) }

// ---------------------------------------------------------------- conifers
#macro Conifer(Seed, Rows)
  #local R = seed(Seed);
  mesh {
    #for (I, 0, Rows - 1)
      #local F = I/(Rows - 1);
      #local Y = 0.10 + 0.88*F;
      #local Len = (0.235*pow(1 - F, 0.80) + 0.012)*(0.75 + 0.45*rand(R));
      #local N = 7 + floor(8*(1 - F));
      #local Turn = rand(R)*360;
      #for (J, 0, N - 1)
        #local A = radians(Turn + 360*(J + 0.6*rand(R))/N);
        #local L = Len*(0.6 + 0.55*rand(R));
        #local Dir = <cos(A), 0, sin(A)>;
        #local Side = <-sin(A), 0, cos(A)>;
        #local P0 = <0, Y, 0>;
        #local Tip = Dir*L + y*(Y - L*(0.50 - 0.35*F));
        // A bough: a few needles' worth of triangles, hanging.
        #for (K, 1, 4)
          #local G = K/4;
          #local M = P0 + (Tip - P0)*(G - 0.22);
          #local E = P0 + (Tip - P0)*min(1, G + 0.06);
          #local W = 0.040*(1.1 - 0.6*G)*(0.6 + 0.8*rand(R))*(1.15 - 0.6*F);
          triangle { M, E, E + Side*W - y*W*(0.3 + 0.8*rand(R)) - Dir*W*0.6 }
          triangle { M, E, E - Side*W - y*W*(0.3 + 0.8*rand(R)) - Dir*W*0.6 }
        #end
      #end
    #end
  }
#end

#declare Trees = array[4];
#for (I, 0, 3) #declare Trees[I] = Conifer(71 + I*13, 34 + I*3) #end

#macro Tree(I, High, Where, Shade)
  union {
    object { Trees[mod(I, 4)] texture { pigment { rgb <0.030, 0.058, 0.030>*Shade + <0.012, 0.006, 0>*mod(I, 3) } finish { diffuse 1 ambient 0 } } }
    cone { 0, 0.014, y*0.95, 0.002 pigment { rgb <0.10, 0.07, 0.05> } finish { diffuse 0.8 ambient 0 } }
    scale High*<0.95, 1, 0.95>
    rotate y*I*67
    translate Where
  }
#end

// The far shore.
#declare R1 = seed(404);
#for (I, 0, 419)
  #local X = -330 + 660*rand(R1);
  #local Z = 300 + 26*sin(X*0.011) + 60*rand(R1)*rand(R1) + 22*sin(X*0.043);
  object { Tree(I, 11 + 13*rand(R1), <X, 0.2 + (Z - 300)*0.03, Z>, 0.9 + 0.5*rand(R1)) }
#end

// The headland at the left, and a smaller one at the right.
#macro Land(Place, Size)
  isosurface {
    function { y - 0.55 + 0.6*(x*x + z*z) - 0.30*f_noise3d(x*3, y*2, z*3) - 0.06*f_noise3d(x*19, y*19, z*19) }
    contained_by { box { <-1.4, -0.5, -1.4>, <1.4, 1.2, 1.4> } }
    max_gradient 4
    scale Size
    translate Place
    texture {
      pigment { granite color_map { [0 rgb <0.05, 0.045, 0.03>] [0.5 rgb <0.12, 0.11, 0.05>] [1 rgb <0.24, 0.19, 0.10>] } scale 1.4 }
      normal { granite 0.8 scale 0.8 }
      finish { diffuse 0.9 ambient 0 }
    }
  }
#end
object { Land(<-46, -0.6, 84>, <36, 3.2, 20>) }
object { Land(<84, -0.6, 120>, <40, 3.4, 22>) }

#declare R2 = seed(88);
#for (I, 0, 63)
  #local A = 2*pi*rand(R2);
  #local D = sqrt(rand(R2));
  object { Tree(I + 5, 8 + 13*rand(R2), <-46 + 31*D*cos(A), 0.9*(1 - D*D), 84 + 15*D*sin(A)>, 0.8 + 0.6*rand(R2)) }
#end
#for (I, 0, 49)
  #local A = 2*pi*rand(R2);
  #local D = sqrt(rand(R2));
  object { Tree(I + 9, 8 + 12*rand(R2), <84 + 34*D*cos(A), 0.9*(1 - D*D), 120 + 16*D*sin(A)>, 0.8 + 0.6*rand(R2)) }
#end

// ---------------------------------------------------------------- water
plane {
  y, 0
  texture {
    pigment { rgb <0.010, 0.028, 0.036> }
    normal {
      average
      normal_map {
        [1.0 bumps 0.030 scale <1.9, 1, 0.75>]
        [0.8 bumps 0.024 scale <0.45, 1, 0.20> rotate y*16]
        [0.9 wrinkles 0.060 scale <14, 1, 5> rotate y*-9]
      }
    }
    finish { ambient 0 diffuse 0.7 specular 0.25 roughness 0.003 reflection { 0.02, 0.94 fresnel on } conserve_energy }
  }
  interior { ior 1.33 }
}

// ---------------------------------------------------------------- jetty
#declare R3 = seed(9);
#macro Plank(Shift, Tint)
  texture {
    pigment {
      wood turbulence <0.06, 0.06, 0.4> octaves 4
      color_map {
        [0.0 rgb <0.27, 0.215, 0.165>*Tint] [0.45 rgb <0.20, 0.155, 0.115>*Tint]
        [0.80 rgb <0.11, 0.085, 0.065>*Tint] [1.0 rgb <0.26, 0.21, 0.16>*Tint]
      }
      scale <0.035, 0.035, 1.2> rotate <2, 90, 3> translate Shift
    }
    normal { granite 0.28 scale <0.9, 0.03, 0.06> translate Shift }
    finish { diffuse 0.95 ambient 0 specular 0.10 roughness 0.06 }
  }
#end

#declare Deck = 0.62;
#declare N = 44;
union {
  #for (I, 0, N - 1)
    #local W = 0.165;
    #local Z0 = I*0.180;
    box {
      <-0.92 - 0.03*rand(R3), -0.022, 0>, <0.92 + 0.03*rand(R3), 0.022, W>
      Plank(<rand(R3)*9, rand(R3)*9, rand(R3)*9>, 0.75 + 0.5*rand(R3))
      rotate <(rand(R3) - 0.5)*1.6, (rand(R3) - 0.5)*1.0, (rand(R3) - 0.5)*0.8>
      translate <0, Deck, Z0>
    }
    // Nails.
    #for (S, 0, 1)
      sphere { <-0.74 + 1.48*S, Deck + 0.020, Z0 + 0.085>, 0.011 scale <1, 1, 1> pigment { rgb 0.05 } finish { specular 0.4 ambient 0 } }
    #end
  #end
  // Bearers.
  box { <-0.70, -0.17, 0>, <-0.60, -0.03, 7.9> Plank(3, 0.6) translate y*Deck }
  box { <0.60, -0.17, 0>, <0.70, -0.03, 7.9> Plank(7, 0.6) translate y*Deck }
  // Posts.
  #for (I, 0, 3)
    #for (S, -1, 1, 2)
      #local T = 0.42 + 0.16*rand(R3);
      union {
        cylinder { <0, -2, 0>, <0, Deck + T, 0>, 0.085 }
        cone { <0, Deck + T, 0>, 0.085, <0, Deck + T + 0.025, 0>, 0.06 }
        pigment { wood turbulence 0.25 color_map { [0 rgb <0.17, 0.13, 0.10>] [0.6 rgb <0.10, 0.075, 0.055>] [1 rgb <0.22, 0.18, 0.14>] } scale <0.06, 0.06, 2> rotate x*90 translate I*3 + S }
        normal { granite 0.5 scale <0.05, 0.9, 0.05> }
        finish { diffuse 0.9 ambient 0 }
        rotate z*(rand(R3) - 0.5)*4
        translate <S*1.01, 0, 0.55 + I*2.38>
      }
    #end
  #end
  rotate y*-8
  translate <-1.35, 0, -4.1>
}

// ---------------------------------------------------------------- boat
#declare NU = 200;
#declare NV = 72;
#macro Hull(U, V)
  // U -1..1 stern to bow, V -1..1 gunwale to gunwale.
  #local B = 0.66*pow(max(0, 1 - pow(abs(U*0.5 + 0.5*(U > 0 ? U : U*0.86)), 2.6)), 0.62) + 0.0;
  #local Sheer = 0.40 + 0.20*U*U*(U > 0 ? 1.25 : 0.6);
  #local Keel = -0.10 + 0.30*pow(abs(U), 5);
  #local A = V*pi/2;
  <B*sin(A)*(1.0 - 0.06*cos(A)), Keel + (Sheer - Keel)*(1 - pow(cos(A), 0.72)), U*2.05>
#end
#macro HullMesh(S)
  mesh {
    #for (I, 0, NU - 1)
      #local U0 = -0.93 + 1.93*I/NU;
      #local U1 = -0.93 + 1.93*(I + 1)/NU;
      #for (J, 0, NV - 1)
        #local V0 = -1 + 2*J/NV;
        #local V1 = -1 + 2*(J + 1)/NV;
        #local A = Hull(U0, V0)*S; #local B = Hull(U1, V0)*S; #local C = Hull(U1, V1)*S; #local D = Hull(U0, V1)*S;
        triangle { A, B, C } triangle { A, C, D }
      #end
    #end
    // Transom.
    #for (J, 0, NV - 1)
      triangle { Hull(-0.93, -1 + 2*J/NV)*S, Hull(-0.93, -1 + 2*(J + 1)/NV)*S, <0, 0.45, -0.93*2.05>*S }
    #end
  }
#end
#declare Paint = texture {
  pigment { granite color_map { [0 rgb <0.42, 0.035, 0.022>] [0.7 rgb <0.52, 0.055, 0.030>] [1 rgb <0.33, 0.05, 0.035>] } scale 0.4 }
  finish { diffuse 0.85 ambient 0 specular 0.35 roughness 0.02 reflection 0.02 }
}
#declare Inner = texture {
  pigment { wood turbulence 0.1 color_map { [0 rgb <0.42, 0.28, 0.15>] [1 rgb <0.27, 0.16, 0.08>] } scale <0.08, 0.08, 1> }
  finish { diffuse 0.9 ambient 0 specular 0.15 }
}
union {
  object { HullMesh(<1, 1, 1>) texture { Paint } }
  object { HullMesh(<0.955, 0.99, 0.965>) texture { Inner } translate y*0.025 }
  // White gunwale.
  #for (S, -1, 1, 2)
    sphere_sweep {
      b_spline 24
      #for (I, -1, 22) #local U = -0.93 + 1.93*I/21; Hull(max(-0.93, min(0.9999, U)), S) + y*0.012, 0.026 #end
      texture { pigment { rgb <0.78, 0.75, 0.68> } finish { diffuse 0.8 ambient 0 specular 0.2 } }
    }
  #end
  // Thwarts.
  #for (I, 0, 2)
    box { <-0.46, 0.27, -0.13>, <0.46, 0.30, 0.13> scale <1 - 0.16*I*(I - 1), 1, 1> translate z*(-1.15 + I*1.0) texture { Inner scale 0.5 translate I } }
  #end
  rotate z*2
  rotate y*62
  translate <3.1, 0.02, 3.4>
}

// ---------------------------------------------------------------- reeds
#declare R4 = seed(1234);
#macro Blade(H, Lean, Dir)
  #local S = 7;
  #local Wd = 0.008 + 0.006*rand(R4);
  #local D = <cos(Dir), 0, sin(Dir)>;
  #local Q = <-sin(Dir), 0, cos(Dir)>;
  #for (K, 0, S - 1)
    #local F0 = K/S; #local F1 = (K + 1)/S;
    #local C0 = y*H*F0*(1 - 0.25*Lean*F0) + D*Lean*H*F0*F0;
    #local C1 = y*H*F1*(1 - 0.25*Lean*F1) + D*Lean*H*F1*F1;
    triangle { C0 - Q*Wd*(1 - F0*F0), C0 + Q*Wd*(1 - F0*F0), C1 + Q*Wd*(1 - F1*F1) }
    #if (K < S - 1) triangle { C0 - Q*Wd*(1 - F0*F0), C1 + Q*Wd*(1 - F1*F1), C1 - Q*Wd*(1 - F1*F1) } #end
  #end
#end
#declare Blades = array[12];
#for (I, 0, 11) #declare Blades[I] = mesh { Blade(1, 0.10 + 0.55*rand(R4), rand(R4)*2*pi) } #end
#macro Reeds(Count, Centre, Spread, Tall)
  #for (I, 0, Count - 1)
    #local A = 2*pi*rand(R4);
    #local D = pow(rand(R4), 0.7);
    #local T = rand(R4);
    object {
      Blades[mod(I, 12)]
      scale <1.3, Tall*(0.45 + 0.75*rand(R4)), 1.3>
      rotate y*rand(R4)*360
      translate Centre + <Spread.x*D*cos(A), 0, Spread.z*D*sin(A)>
      pigment { rgb <0.17, 0.19, 0.05>*(1 - T) + <0.38, 0.28, 0.11>*T }
      finish { diffuse 1 ambient 0.01 }
    }
  #end
#end
Reeds(340, <4.6, -0.05, -1.3>, <1.5, 0, 1.1>, 1.35)
Reeds(200, <3.4, -0.05, -2.9>, <1.0, 0, 0.6>, 0.95)
Reeds(220, <-4.9, -0.05, 1.6>, <1.4, 0, 1.3>, 1.25)

// Stones at the reeds.
#for (I, 0, 16)
  #local X = 2.3 + 2.8*rand(R4);
  #local Z = -3.6 + 2.6*rand(R4);
  sphere {
    0, 0.10 + 0.22*rand(R4)
    scale <1.2, 0.62, 1> rotate y*rand(R4)*360
    translate <X, -0.02, Z>
    pigment { granite color_map { [0 rgb 0.09] [0.6 rgb <0.20, 0.19, 0.17>] [1 rgb <0.36, 0.34, 0.30>] } scale 0.5 translate I }
    normal { granite 0.5 scale 0.4 }
    finish { diffuse 0.9 ambient 0 specular 0.2 roughness 0.03 }
  }
#end
